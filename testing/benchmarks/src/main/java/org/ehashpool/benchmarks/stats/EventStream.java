package org.ehashpool.benchmarks.stats;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.frame.Frames;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;

/**
 * What a pool tells when all its channels are busy: of a thousand events 948 are accepted shares, 40 rejected ones, 10
 * quotes, and one connection goes and another one comes.
 */
final class EventStream {
    private static final int CYCLE = 1_000;
    private static final int REJECTED = 25;
    private static final int QUOTE = 100;
    private static final long WORK = 4_294_967_296L;

    private final int channels;
    private long seq;
    private long told;
    private long accepted;
    private BigInteger work = BigInteger.ZERO;
    private long newest;

    /** @param channels each on a connection of its own, numbered from 1 */
    EventStream(int channels) {
        this.channels = channels;
        this.newest = channels;
    }

    /** Goes on after a number; connections are new. */
    void from(long lastSeq) {
        seq = lastSeq;
    }

    /** A connection and its channel. */
    byte[] opening(long number, long at) {
        return joined(
                frame(
                        at,
                        new StatsEvent.DownstreamConnected(
                                number, "miner", "192.0.2.1:4000", "maker", "device-" + number % (2L * channels), 0)),
                frame(at, new StatsEvent.ChannelOpened(number, 1, "extended", "miner-" + number % channels, 1e12)));
    }

    /** The next event, or two, as they go over the wire. */
    byte[] next(long at) {
        long place = told++ % CYCLE;
        long number = newest - told % channels;
        if (place == 0) {
            newest++;
            return joined(
                    frame(at, new StatsEvent.DownstreamDisconnected(newest - channels, "closed")), opening(newest, at));
        }
        if (place % QUOTE == 1) {
            return frame(at, new StatsEvent.QuoteCreated(null, "hash", 3, BigInteger.valueOf(768)));
        }
        if (place % REJECTED == 2) {
            return frame(at, new StatsEvent.ShareRejected(number, 1, "stale-share", 1));
        }
        long count = 1 + told % 3;
        accepted += count;
        work = work.add(BigInteger.valueOf(count * WORK));
        seq++;
        return Frames.frame(("{\"seq\":" + seq + ",\"at\":" + at + ",\"type\":\"share_accepted\",\"downstream_id\":"
                        + number + ",\"channel_id\":1,\"count\":" + count + ",\"work\":\"" + count * WORK + "\"}")
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    private byte[] frame(long at, StatsEvent event) {
        return Frames.frame(MessageJson.write(new StatsMessage.Event(++seq, at, event)));
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = new byte[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** The last number that was used. */
    long seq() {
        return seq;
    }

    /** Shares that were told of as accepted. */
    long accepted() {
        return accepted;
    }

    /** In hashes. */
    BigInteger work() {
        return work;
    }
}
