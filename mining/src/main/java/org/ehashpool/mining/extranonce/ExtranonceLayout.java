package org.ehashpool.mining.extranonce;

import java.util.List;
import java.util.OptionalInt;
import org.ehashpool.sv2.type.Bytes;

/**
 * How an extranonce is divided: what upstream fixed, the server's number, the channel's number, and what is left to the
 * miner. A standard channel has zeros in the last place, so that both kinds are equally long: "Every Standard and/or
 * Extended Channel that belongs to the same Group Channel MUST have the exact same full Extended Extranonce size".
 *
 * @param upstream bytes given by the server above, empty for a pool
 * @param serverBytes bytes for the number of this server among those that share {@code upstream}, 0 to 4
 * @param channelBytes bytes for the number of a channel within the server, 1 to 4
 * @param rollableSizes bytes left to an extended channel, ascending: the first for everybody whom it suffices, the
 *     others for those who ask for more; each makes a group of its own
 */
public record ExtranonceLayout(Bytes upstream, int serverBytes, int channelBytes, List<Integer> rollableSizes) {
    /** The most bytes of an extranonce on the wire. */
    public static final int MAX_SIZE = 32;

    /** A pool's usual layout: 2 bytes of server, 4 of channel, and 8, as SV1 devices bear, or 16 to roll. */
    public static final ExtranonceLayout POOL = new ExtranonceLayout(Bytes.EMPTY, 2, 4, List.of(8, 16));

    /**
     * A layout.
     *
     * @throws IllegalArgumentException if a part is out of range or the whole longer than {@link #MAX_SIZE}
     */
    public ExtranonceLayout {
        rollableSizes = List.copyOf(rollableSizes);
        if (serverBytes < 0 || serverBytes > 4 || channelBytes < 1 || channelBytes > 4) {
            throw new IllegalArgumentException(
                    "server and channel bytes of " + serverBytes + " and " + channelBytes + ", not 0 to 4 and 1 to 4");
        }
        if (rollableSizes.isEmpty()) {
            throw new IllegalArgumentException("nothing left to roll");
        }
        int previous = 0;
        for (int size : rollableSizes) {
            if (size <= previous) {
                throw new IllegalArgumentException("rollable sizes neither positive nor ascending: " + rollableSizes);
            }
            previous = size;
        }
        if (upstream.length() + serverBytes + channelBytes + previous > MAX_SIZE) {
            throw new IllegalArgumentException("extranonce longer than " + MAX_SIZE + " bytes");
        }
    }

    /** The bytes before those that an extended channel rolls. */
    public int prefixSize() {
        return upstream.length() + serverBytes + channelBytes;
    }

    /** The whole extranonce of a channel that rolls so many bytes. */
    public int fullSize(int rollableSize) {
        return prefixSize() + rollableSize;
    }

    /** All sizes of a whole extranonce, ascending. */
    public List<Integer> fullSizes() {
        return rollableSizes.stream().map(this::fullSize).toList();
    }

    /** The smallest size left to roll that is at least so large; empty if there is none. */
    public OptionalInt rollableSize(int minimum) {
        return rollableSizes.stream()
                .mapToInt(Integer::intValue)
                .filter(size -> size >= minimum)
                .findFirst();
    }

    /** The number of servers that fit. */
    public long servers() {
        return 1L << (8 * serverBytes);
    }

    /** The number of channels that fit in one server. */
    public long channels() {
        return 1L << (8 * channelBytes);
    }
}
