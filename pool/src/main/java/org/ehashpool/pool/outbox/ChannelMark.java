package org.ehashpool.pool.outbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ehashpool.sv2.type.U256;

/**
 * The last share of a channel that an order covers: who is told of the quote.
 *
 * @param sequence of that share, U32
 * @param hash of that share
 */
record ChannelMark(long connection, long channel, long sequence, U256 hash) {

    private record Channel(long connection, long channel) {}

    /** One for each channel of this process; those of a process before it are gone. */
    static List<ChannelMark> of(List<Credit> credits, long boot) {
        Map<Channel, ChannelMark> last = new LinkedHashMap<>();
        for (Credit credit : credits) {
            if (credit.boot() == boot) {
                last.put(
                        new Channel(credit.connection(), credit.channel()),
                        new ChannelMark(credit.connection(), credit.channel(), credit.sequence(), credit.hash()));
            }
        }
        return List.copyOf(last.values());
    }
}
