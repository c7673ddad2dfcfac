package org.ehashpool.mining.extranonce;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/**
 * Hands out the channel numbers of one server, or of one event loop's share of them, as extranonce prefixes. No number is
 * handed out twice while the previous hash stays the same, even if its first owner is long gone: two owners in turn
 * could otherwise submit the same share. Not for use by several threads at once: see {@link #partition}.
 *
 * <p>Memory is bounded by the number of channels open at one time.
 */
public final class ExtranonceAllocator {
    private static final int REMEMBERED_TIPS = 16;

    private final ExtranonceLayout layout;
    private final long server;
    private final long first;
    private final long count;

    private final Set<Long> live = new HashSet<>();
    /** Released since the previous hash changed, but handed out before. */
    private final Set<Long> quarantined = new HashSet<>();

    private final Deque<U256> tips = new ArrayDeque<>();
    private long start;
    /** Numbers passed over since the previous hash changed, from {@link #start} on, going round. */
    private long passed;

    private ExtranonceAllocator(ExtranonceLayout layout, long server, long first, long count) {
        this.layout = layout;
        this.server = server;
        this.first = first;
        this.count = count;
    }

    /**
     * For one of several equal parts of a server's channel numbers, so that event loops need not share an allocator.
     *
     * @param server the server's number, unique among those with the same {@link ExtranonceLayout#upstream}
     * @param part which part, from 0
     * @param parts how many parts, a power of two
     * @throws IllegalArgumentException if a number is out of range
     */
    public static ExtranonceAllocator partition(ExtranonceLayout layout, long server, int part, int parts) {
        if (server < 0 || server >= layout.servers()) {
            throw new IllegalArgumentException("server " + server + " of " + layout.servers());
        }
        if (parts < 1 || Integer.bitCount(parts) != 1 || parts > layout.channels() || part < 0 || part >= parts) {
            throw new IllegalArgumentException("part " + part + " of " + parts);
        }
        long size = layout.channels() / parts;
        return new ExtranonceAllocator(layout, server, part * size, size);
    }

    /**
     * For all of a server's channel numbers.
     *
     * @throws IllegalArgumentException if the server's number is out of range
     */
    public static ExtranonceAllocator of(ExtranonceLayout layout, long server) {
        return partition(layout, server, 0, 1);
    }

    /** The outcome of {@link #allocate}. */
    public sealed interface Allocation {}

    /**
     * A prefix that is the caller's until {@link #release}.
     *
     * @param prefix it
     */
    public record Allocated(ExtranoncePrefix prefix) implements Allocation {}

    /** All numbers are in use, or were since the previous hash changed. */
    public record Exhausted() implements Allocation {}

    /** How extranonces are divided. */
    public ExtranonceLayout layout() {
        return layout;
    }

    /** A prefix that nobody has, and nobody had under the present previous hash. */
    public Allocation allocate() {
        while (passed < count) {
            long number = (start + passed) % count;
            passed++;
            if (!live.contains(number) && !quarantined.contains(number)) {
                live.add(number);
                return new Allocated(new ExtranoncePrefix(bytes(first + number), number));
            }
        }
        return new Exhausted();
    }

    /** Takes a prefix back. Its shares stay apart until the previous hash changes. A second release does nothing. */
    public void release(ExtranoncePrefix prefix) {
        long number = prefix.number();
        if (live.remove(number) && Math.floorMod(number - start, count) >= passed) {
            quarantined.add(number);
        }
    }

    /**
     * Frees what was released, if this previous hash is not one of the last few. Must be called after the channels have
     * dropped their jobs for the one before.
     */
    public void previousHashChanged(U256 previousHash) {
        if (tips.contains(previousHash)) {
            return;
        }
        tips.addLast(previousHash);
        if (tips.size() > REMEMBERED_TIPS) {
            tips.removeFirst();
        }
        start = (start + passed) % count;
        passed = 0;
        quarantined.clear();
    }

    /** The number of prefixes handed out and not released. */
    public int inUse() {
        return live.size();
    }

    private Bytes bytes(long channel) {
        byte[] bytes = new byte[layout.prefixSize()];
        int position = layout.upstream().copyTo(bytes, 0);
        position = writeBigEndian(server, layout.serverBytes(), bytes, position);
        writeBigEndian(channel, layout.channelBytes(), bytes, position);
        return Bytes.of(bytes);
    }

    private static int writeBigEndian(long number, int length, byte[] target, int offset) {
        for (int i = 0; i < length; i++) {
            target[offset + i] = (byte) (number >>> (8 * (length - 1 - i)));
        }
        return offset + length;
    }
}
