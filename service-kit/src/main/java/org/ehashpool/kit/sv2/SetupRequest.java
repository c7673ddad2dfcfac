package org.ehashpool.kit.sv2;

import java.util.List;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.sv2.message.Protocol;

/**
 * What a client asks for when it connects.
 *
 * @param protocol the protocol of the connection
 * @param minVersion SetupConnection.min_version
 * @param maxVersion SetupConnection.max_version
 * @param flags SetupConnection.flags, U32
 * @param description who we are; each string at most 255 bytes of UTF-8
 * @param extensions extension types to be requested; empty: no negotiation
 * @param requiredExtensions those of them without which the connection is of no use
 */
public record SetupRequest(
        Protocol protocol,
        int minVersion,
        int maxVersion,
        long flags,
        ClientDescription description,
        List<Integer> extensions,
        List<Integer> requiredExtensions) {

    public SetupRequest {
        extensions = List.copyOf(extensions);
        requiredExtensions = List.copyOf(requiredExtensions);
        if (!extensions.containsAll(requiredExtensions)) {
            throw new IllegalArgumentException("required extensions must be requested");
        }
    }

    /** A request of version 2 without flags and extensions. */
    public static SetupRequest of(Protocol protocol, ClientDescription description) {
        return new SetupRequest(
                protocol, SetupPolicy.VERSION, SetupPolicy.VERSION, 0, description, List.of(), List.of());
    }

    /** The same with these flags. */
    public SetupRequest withFlags(long newFlags) {
        return new SetupRequest(
                protocol, minVersion, maxVersion, newFlags, description, extensions, requiredExtensions);
    }

    /** The same, requesting these extensions, none of them required. */
    public SetupRequest withExtensions(List<Integer> requested) {
        return new SetupRequest(protocol, minVersion, maxVersion, flags, description, requested, List.of());
    }

    /** The same, not to be without these extensions. */
    public SetupRequest withRequiredExtensions(List<Integer> required) {
        return new SetupRequest(protocol, minVersion, maxVersion, flags, description, extensions, required);
    }
}
