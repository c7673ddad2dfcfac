package org.ehashpool.kit.sv2.setup;

/**
 * What one port accepts in SetupConnection. One protocol per port; the same flags for every connection ("MUST consistently
 * support the same set of flags across all servers on the same hostname and port number").
 *
 * @param protocol the only protocol of the port: 0 mining, 1 job declaration, 2 template distribution, 3 mint quote
 * @param minimumVersion lowest protocol version spoken
 * @param maximumVersion highest protocol version spoken
 * @param supportedFlags the SetupConnection flags that are understood, U32
 * @param serverFlags the flags of SetupConnection.Success, U32
 * @param extensions the extensions granted and required
 */
public record SetupPolicy(
        int protocol,
        int minimumVersion,
        int maximumVersion,
        long supportedFlags,
        long serverFlags,
        ExtensionPolicy extensions) {

    /** The protocol version that the specification describes. */
    public static final int VERSION = 2;

    /** The port serves another protocol. */
    public static final String UNSUPPORTED_PROTOCOL = "unsupported-protocol";
    /** No version is spoken by both. */
    public static final String PROTOCOL_VERSION_MISMATCH = "protocol-version-mismatch";
    /** Flags were set that are not understood. */
    public static final String UNSUPPORTED_FEATURE_FLAGS = "unsupported-feature-flags";

    private static final long U32_MASK = 0xffff_ffffL;
    private static final long REQUIRES_VERSION_ROLLING = 1 << 2;
    private static final long REQUIRES_FIXED_VERSION = 1;

    public SetupPolicy {
        if (minimumVersion > maximumVersion || minimumVersion < 0 || maximumVersion > 0xffff) {
            throw new IllegalArgumentException("versions " + minimumVersion + " to " + maximumVersion);
        }
        if ((supportedFlags & ~U32_MASK) != 0 || (serverFlags & ~U32_MASK) != 0) {
            throw new IllegalArgumentException("flags are 32 bits wide");
        }
        // "if REQUIRES_VERSION_ROLLING was set in the SetupConnection::flags field, this bit MUST NOT be set"
        if (protocol == 0
                && (serverFlags & REQUIRES_FIXED_VERSION) != 0
                && (supportedFlags & REQUIRES_VERSION_ROLLING) != 0) {
            throw new IllegalArgumentException("REQUIRES_FIXED_VERSION excludes support of REQUIRES_VERSION_ROLLING");
        }
    }

    /** A port for {@code protocol} in version 2 that understands no flags and grants no extensions. */
    public static SetupPolicy of(int protocol) {
        return new SetupPolicy(protocol, VERSION, VERSION, 0, 0, ExtensionPolicy.NONE);
    }

    /** The same policy, understanding these SetupConnection flags. */
    public SetupPolicy withSupportedFlags(long flags) {
        return new SetupPolicy(protocol, minimumVersion, maximumVersion, flags, serverFlags, extensions);
    }

    /** The same policy, announcing these flags in SetupConnection.Success. */
    public SetupPolicy withServerFlags(long flags) {
        return new SetupPolicy(protocol, minimumVersion, maximumVersion, supportedFlags, flags, extensions);
    }

    /** The same policy with other extensions. */
    public SetupPolicy withExtensions(ExtensionPolicy policy) {
        return new SetupPolicy(protocol, minimumVersion, maximumVersion, supportedFlags, serverFlags, policy);
    }

    /**
     * Answers SetupConnection.
     *
     * <p>"The Server MUST provide the full set of flags which it does not support in each SetupConnection.Error message":
     * so an error for another cause names them too. For another protocol the flags mean something else, and "if flags is 0,
     * the error is a result of some condition aside from unsupported flags".
     *
     * @param requestedProtocol SetupConnection.protocol
     * @param minVersion SetupConnection.min_version
     * @param maxVersion SetupConnection.max_version
     * @param flags SetupConnection.flags
     */
    public Answer answer(int requestedProtocol, int minVersion, int maxVersion, long flags) {
        if (requestedProtocol != protocol) {
            return new Answer.Refused(0, UNSUPPORTED_PROTOCOL);
        }
        long unsupported = flags & ~supportedFlags & U32_MASK;
        int version = Math.min(maxVersion, maximumVersion);
        if (version < Math.max(minVersion, minimumVersion)) {
            return new Answer.Refused(unsupported, PROTOCOL_VERSION_MISMATCH);
        }
        if (unsupported != 0) {
            return new Answer.Refused(unsupported, UNSUPPORTED_FEATURE_FLAGS);
        }
        return new Answer.Accepted(version, serverFlags);
    }

    /** What the server answers. */
    public sealed interface Answer {
        /**
         * SetupConnection.Success.
         *
         * @param usedVersion the highest version both speak
         * @param flags the server's flags
         */
        record Accepted(int usedVersion, long flags) implements Answer {}

        /**
         * SetupConnection.Error.
         *
         * @param flags every requested flag that is not supported
         * @param errorCode one of the codes above
         */
        record Refused(long flags, String errorCode) implements Answer {}
    }
}
