package org.ehashpool.kit.sv2.link;

import java.time.Duration;
import java.util.Optional;
import org.ehashpool.sv2.codec.Limits;

/**
 * How one established connection is held: what it may cost, and when it is given up.
 *
 * @param keepAliveIdle TCP keep-alive: silence before the first probe (TCP_KEEPIDLE)
 * @param keepAliveInterval TCP keep-alive: between probes (TCP_KEEPINTVL)
 * @param keepAliveProbes TCP keep-alive: probes unanswered before the connection is lost (TCP_KEEPCNT)
 * @param userTimeout how long sent data may stay unacknowledged (TCP_USER_TIMEOUT): a peer that vanished
 * @param readIdleLimit how long a peer may send nothing at all; empty: as long as TCP holds
 * @param frameTimeout how long a frame may take from its first to its last byte
 * @param writeLowWaterMark bytes to be sent below which a connection is writable again
 * @param writeHighWaterMark bytes to be sent above which a connection is not writable
 * @param writeLimit bytes to be sent above which a connection is given up at once
 * @param slowPeerLimit how long a connection may stay above its high-water mark
 * @param framesPerTurn frames handled before other connections of the event loop get theirs
 * @param framesPerSecond frames a peer may send per second, in bursts of one second's worth; empty: no limit
 * @param payloadLimits the largest payloads by protocol and phase, in bytes
 */
public record LinkSettings(
        Duration keepAliveIdle,
        Duration keepAliveInterval,
        int keepAliveProbes,
        Duration userTimeout,
        Optional<Duration> readIdleLimit,
        Duration frameTimeout,
        int writeLowWaterMark,
        int writeHighWaterMark,
        int writeLimit,
        Duration slowPeerLimit,
        int framesPerTurn,
        Optional<Integer> framesPerSecond,
        Limits payloadLimits) {

    public static final LinkSettings DEFAULT = new LinkSettings(
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            4,
            Duration.ofSeconds(60),
            Optional.empty(),
            Duration.ofSeconds(30),
            32 << 10,
            64 << 10,
            32 << 20,
            Duration.ofSeconds(10),
            128,
            Optional.empty(),
            Limits.DEFAULT);

    public LinkSettings {
        atLeastSeconds("keepAliveIdle", keepAliveIdle);
        atLeastSeconds("keepAliveInterval", keepAliveInterval);
        if (keepAliveProbes < 1) {
            throw new IllegalArgumentException("keepAliveProbes must be at least 1: " + keepAliveProbes);
        }
        positive("userTimeout", userTimeout);
        readIdleLimit.ifPresent(limit -> positive("readIdleLimit", limit));
        positive("frameTimeout", frameTimeout);
        positive("slowPeerLimit", slowPeerLimit);
        if (writeLowWaterMark < 1 || writeHighWaterMark < writeLowWaterMark || writeLimit < writeHighWaterMark) {
            throw new IllegalArgumentException("write marks must ascend: low " + writeLowWaterMark + ", high "
                    + writeHighWaterMark + ", limit " + writeLimit);
        }
        if (framesPerTurn < 1) {
            throw new IllegalArgumentException("framesPerTurn must be at least 1: " + framesPerTurn);
        }
        if (framesPerSecond.isPresent() && framesPerSecond.get() < 1) {
            throw new IllegalArgumentException("framesPerSecond must be at least 1: " + framesPerSecond.get());
        }
    }

    /** The same with other payload limits. */
    public LinkSettings withPayloadLimits(Limits limits) {
        return new LinkSettings(
                keepAliveIdle,
                keepAliveInterval,
                keepAliveProbes,
                userTimeout,
                readIdleLimit,
                frameTimeout,
                writeLowWaterMark,
                writeHighWaterMark,
                writeLimit,
                slowPeerLimit,
                framesPerTurn,
                framesPerSecond,
                limits);
    }

    /** The same with other marks of bytes to be sent, and time above the high one. */
    public LinkSettings withWriteLimits(int low, int high, int limit, Duration slowPeer) {
        return new LinkSettings(
                keepAliveIdle,
                keepAliveInterval,
                keepAliveProbes,
                userTimeout,
                readIdleLimit,
                frameTimeout,
                low,
                high,
                limit,
                slowPeer,
                framesPerTurn,
                framesPerSecond,
                payloadLimits);
    }

    /** The same with another bound on silence and on the time of a frame. */
    public LinkSettings withReadLimits(Optional<Duration> idle, Duration frame) {
        return new LinkSettings(
                keepAliveIdle,
                keepAliveInterval,
                keepAliveProbes,
                userTimeout,
                idle,
                frame,
                writeLowWaterMark,
                writeHighWaterMark,
                writeLimit,
                slowPeerLimit,
                framesPerTurn,
                framesPerSecond,
                payloadLimits);
    }

    /** The same with another pace of frames. */
    public LinkSettings withFrameLimits(int perTurn, Optional<Integer> perSecond) {
        return new LinkSettings(
                keepAliveIdle,
                keepAliveInterval,
                keepAliveProbes,
                userTimeout,
                readIdleLimit,
                frameTimeout,
                writeLowWaterMark,
                writeHighWaterMark,
                writeLimit,
                slowPeerLimit,
                perTurn,
                perSecond,
                payloadLimits);
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    private static void atLeastSeconds(String name, Duration value) {
        if (value.toSeconds() < 1) {
            throw new IllegalArgumentException(name + " must be at least one second: " + value);
        }
    }
}
