package org.ehashpool.sv2.codec;

import java.util.Optional;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.ExtensionsNegotiation;
import org.ehashpool.sv2.message.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * What a connection may receive at the moment: from which side, in which phase, with which extensions, and how much.
 * Immutable; a connection replaces its own when it is set up and when extensions are negotiated.
 */
public final class Reception {
    private final Sender sender;
    private final @Nullable Protocol protocol;
    private final Extensions negotiated;
    private final Limits limits;

    private Reception(Sender sender, @Nullable Protocol protocol, Extensions negotiated, Limits limits) {
        this.sender = sender;
        this.protocol = protocol;
        this.negotiated = negotiated;
        this.limits = limits;
    }

    /**
     * A connection before its setup: only {@code SetupConnection} from a client, only the answers to it from a server.
     */
    public static Reception setup(Sender from, Limits limits) {
        return new Reception(from, null, Extensions.NONE, limits);
    }

    /** The same side, set up for a sub-protocol, no extension negotiated. */
    public Reception established(Protocol as) {
        return new Reception(sender, as, Extensions.NONE, limits);
    }

    /**
     * The same, with exactly these extensions negotiated. Extension 0x0001, and 0x4548 on a mint-quote connection, need
     * no negotiation.
     */
    public Reception negotiated(Extensions extensions) {
        return new Reception(sender, protocol, extensions, limits);
    }

    /** The side whose messages are received. */
    public Sender sender() {
        return sender;
    }

    /** The sub-protocol; empty before the setup. */
    public Optional<Protocol> protocol() {
        return Optional.ofNullable(protocol);
    }

    /** The extensions negotiated. */
    public Extensions negotiated() {
        return negotiated;
    }

    /** The limits of payloads. */
    public Limits limits() {
        return limits;
    }

    /** Whether messages of that extension are read, not discarded or forwarded. */
    boolean knows(int extension) {
        return extension == 0
                || extension == ExtensionsNegotiation.EXTENSION
                || (protocol == Protocol.MINT_QUOTE && extension == Ehash.EXTENSION)
                || negotiated.contains(extension);
    }

    /** "For the Job Declaration and Template Distribution Protocols the channel_msg bit is always unset." */
    boolean hasChannels() {
        return protocol == Protocol.MINING;
    }

    /** The payload cap of the phase. */
    int maximumPayload() {
        return protocol == null ? limits.setup() : limits.of(protocol);
    }

    /** The phase as a number. */
    int phase() {
        return phase(protocol);
    }

    /** The phase as a number: 0 before the setup. */
    static int phase(@Nullable Protocol protocol) {
        return protocol == null ? 0 : 1 + protocol.number();
    }

    /** For instance "from client on Mining connection". */
    @Override
    public String toString() {
        return "from " + sender.title()
                + (protocol == null ? " during setup" : " on " + protocol.title() + " connection");
    }
}
