package org.ehashpool.stats.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a service tells. The record's name in snake_case is the {@code type} on the wire, its components in snake_case are
 * the fields. Amounts and work are unsigned, at most 256 bits, and decimal strings on the wire; durations are milliseconds.
 * A downstream's and a channel's number are unique within one boot of the service that tells of them.
 */
public sealed interface StatsEvent {

    /**
     * The service lives; every five seconds.
     *
     * @param uptime since its start, in milliseconds
     * @param state of its lifecycle: {@code starting}, {@code ready}, {@code draining}, {@code stopped}, {@code failed}.
     *     {@code stopped} is the last event of a boot that ended in order
     * @param details what {@code /api/v1/state} tells; empty where it does not fit a frame
     */
    record Heartbeat(long uptime, String version, String state, ObjectNode details) implements StatsEvent {
        public Heartbeat {
            Checks.notNegative("uptime", uptime);
            Checks.text("version", version);
            Checks.text("state", state);
            Checks.present("details", details);
        }
    }

    /**
     * A peer completed its handshake.
     *
     * @param kind self-declared: {@code miner}, {@code translator}, {@code jd_client}, {@code mint}, {@code mining}
     * @param peer its address and port
     * @param vendor what it says made it
     * @param user what it says it is, where the handshake tells
     * @param flags of SetupConnection
     */
    record DownstreamConnected(
            long downstreamId,
            String kind,
            @Nullable String peer,
            @Nullable String vendor,
            @Nullable String user,
            long flags)
            implements StatsEvent {
        public DownstreamConnected {
            Checks.notNegative("downstream_id", downstreamId);
            Checks.text("kind", kind);
            Checks.optionalText("peer", peer);
            Checks.optionalText("vendor", vendor);
            Checks.optionalText("user", user);
            Checks.notNegative("flags", flags);
        }
    }

    /** A peer is gone; so are its channels. */
    record DownstreamDisconnected(
            long downstreamId, @Nullable String reason) implements StatsEvent {
        public DownstreamDisconnected {
            Checks.notNegative("downstream_id", downstreamId);
            Checks.optionalText("reason", reason);
        }
    }

    /**
     * A channel is open.
     *
     * @param kind {@code standard}, {@code extended} or {@code sv1}
     * @param user its user_identity
     * @param nominalHashrate hashes a second, as the peer says
     */
    record ChannelOpened(
            long downstreamId,
            long channelId,
            String kind,
            @Nullable String user,
            double nominalHashrate) implements StatsEvent {
        public ChannelOpened {
            Checks.notNegative("downstream_id", downstreamId);
            Checks.notNegative("channel_id", channelId);
            Checks.text("kind", kind);
            Checks.optionalText("user", user);
            Checks.rate("nominal_hashrate", nominalHashrate);
        }
    }

    /** A channel is closed. */
    record ChannelClosed(
            long downstreamId, long channelId, @Nullable String reason) implements StatsEvent {
        public ChannelClosed {
            Checks.notNegative("downstream_id", downstreamId);
            Checks.notNegative("channel_id", channelId);
            Checks.optionalText("reason", reason);
        }
    }

    /**
     * Shares of one channel that were accepted since the last such event.
     *
     * @param count how many
     * @param work Σ of what each target pinned to its job stands for, in hashes
     */
    record ShareAccepted(long downstreamId, long channelId, long count, BigInteger work) implements StatsEvent {
        public ShareAccepted {
            Checks.notNegative("downstream_id", downstreamId);
            Checks.notNegative("channel_id", channelId);
            Checks.notNegative("count", count);
            Checks.unsigned("work", work);
        }
    }

    /**
     * Shares of one channel that were rejected since the last such event, for one reason.
     *
     * @param reason the error code of SubmitShares.Error
     * @param count how many
     */
    record ShareRejected(long downstreamId, long channelId, String reason, long count) implements StatsEvent {
        public ShareRejected {
            Checks.notNegative("downstream_id", downstreamId);
            Checks.notNegative("channel_id", channelId);
            Checks.text("reason", reason);
            Checks.notNegative("count", count);
        }
    }

    /**
     * Quotes exist and are paid; nothing has been issued yet.
     *
     * @param mint its URL, where the sender is not the mint
     * @param count how many
     * @param amount of all of them
     */
    record QuoteCreated(@Nullable String mint, String unit, long count, BigInteger amount) implements StatsEvent {
        public QuoteCreated {
            Checks.optionalText("mint", mint);
            Checks.text("unit", unit);
            Checks.notNegative("count", count);
            Checks.unsigned("amount", amount);
        }
    }

    /** A wallet had the signatures of quotes. */
    record QuoteIssued(@Nullable String mint, String unit, long count, BigInteger amount) implements StatsEvent {
        public QuoteIssued {
            Checks.optionalText("mint", mint);
            Checks.text("unit", unit);
            Checks.notNegative("count", count);
            Checks.unsigned("amount", amount);
        }
    }

    /** Quotes that could not be had; what they were for stays payable. */
    record QuoteFailed(@Nullable String mint, String unit, String reason, long count, BigInteger amount)
            implements StatsEvent {
        public QuoteFailed {
            Checks.optionalText("mint", mint);
            Checks.text("unit", unit);
            Checks.text("reason", reason);
            Checks.notNegative("count", count);
            Checks.unsigned("amount", amount);
        }
    }

    /**
     * A share solved a block.
     *
     * @param hash in the order people read, 64 hexadecimal digits
     * @param height null where its coinbase transaction does not say
     * @param downstreamId whose share it was, where it is known
     */
    record BlockFound(
            String hash,
            @Nullable Long height,
            @Nullable Long downstreamId,
            @Nullable String user) implements StatsEvent {
        public BlockFound {
            Checks.text("hash", hash);
            Checks.optionalNotNegative("height", height);
            Checks.optionalText("user", user);
        }
    }

    /** A found block is buried deeply enough in the best chain. */
    record BlockConfirmed(String hash, @Nullable Long height, long confirmations) implements StatsEvent {
        public BlockConfirmed {
            Checks.text("hash", hash);
            Checks.optionalNotNegative("height", height);
            Checks.notNegative("confirmations", confirmations);
        }
    }

    /** A found block is not in the best chain. */
    record BlockOrphaned(String hash, @Nullable Long height) implements StatsEvent {
        public BlockOrphaned {
            Checks.text("hash", hash);
            Checks.optionalNotNegative("height", height);
        }
    }

    /**
     * What a service itself measured of a downstream, where it sees no shares' work.
     *
     * @param hashesPerSecond over the window
     * @param window in milliseconds
     */
    record Hashrate(@Nullable Long downstreamId, double hashesPerSecond, long window) implements StatsEvent {
        public Hashrate {
            Checks.rate("hashes_per_second", hashesPerSecond);
            Checks.notNegative("window", window);
        }
    }

    /** What a wallet holds of one unit at one mint. */
    record Balance(@Nullable String mint, String unit, BigInteger amount) implements StatsEvent {
        public Balance {
            Checks.optionalText("mint", mint);
            Checks.text("unit", unit);
            Checks.unsigned("amount", amount);
        }
    }

    /**
     * An event of a newer sender: kept as it came.
     *
     * @param type none of those above
     * @param fields all fields, also seq, at and type
     */
    record Unknown(String type, ObjectNode fields) implements StatsEvent {
        public Unknown {
            Checks.text("type", type);
        }
    }
}
