package org.ehashpool.kit.sv2.admission;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The unit that quotas count: one IPv4 address, or one IPv6 /64, since a single subscriber owns all of a /64.
 *
 * @param ipv6 whether {@code prefix} is the upper half of an IPv6 address
 * @param prefix the address, or its upper half
 */
public record AddressGroup(boolean ipv6, long prefix) {

    /** The group of an address; an IPv4-mapped IPv6 address is the IPv4 address, as {@link InetAddress} has it. */
    public static AddressGroup of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address
                ? new AddressGroup(false, Integer.toUnsignedLong(bytes.getInt()))
                : new AddressGroup(true, bytes.getLong());
    }
}
