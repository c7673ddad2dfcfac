package org.ehashpool.kit.sv2.admission;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** A range of addresses in CIDR notation: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address. */
public final class AddressRange {

    private final byte[] network;
    private final int prefixLength;

    private AddressRange(byte[] network, int prefixLength) {
        this.network = network;
        this.prefixLength = prefixLength;
    }

    /**
     * Reads CIDR notation. Host names are refused, since what they resolve to may change.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] network = literal(slash < 0 ? text : text.substring(0, slash), text);
        int width = network.length * Byte.SIZE;
        int prefixLength = slash < 0 ? width : prefixLength(text.substring(slash + 1), width, text);
        AddressRange range = new AddressRange(network, prefixLength);
        byte[] masked = range.masked(network);
        if (!Arrays.equals(masked, network)) {
            throw new IllegalArgumentException("address range \"" + text + "\" has bits set after its prefix");
        }
        return range;
    }

    /** Whether an address lies in the range; an address of the other family does not. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == network.length && Arrays.equals(masked(bytes), network);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange that
                && prefixLength == that.prefixLength
                && Arrays.equals(network, that.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefixLength;
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + prefixLength;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + network.length + " bytes", e);
        }
    }

    private byte[] masked(byte[] address) {
        byte[] masked = new byte[address.length];
        int whole = prefixLength / Byte.SIZE;
        System.arraycopy(address, 0, masked, 0, whole);
        if (whole < address.length) {
            masked[whole] = (byte) (address[whole] & (0xff00 >> (prefixLength % Byte.SIZE)));
        }
        return masked;
    }

    private static byte[] literal(String address, String text) {
        try {
            return InetAddress.ofLiteral(address).getAddress();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("address range \"" + text + "\" is not an IP address or CIDR range", e);
        }
    }

    private static int prefixLength(String digits, int width, String text) {
        int value;
        try {
            value = Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("address range \"" + text + "\": the prefix length is no number", e);
        }
        if (value < 0 || value > width) {
            throw new IllegalArgumentException(
                    "address range \"" + text + "\": the prefix length must be 0 to " + width);
        }
        return value;
    }
}
