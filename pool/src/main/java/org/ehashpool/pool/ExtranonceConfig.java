package org.ehashpool.pool;

import java.util.List;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;
import org.ehashpool.mining.extranonce.ExtranonceLayout;
import org.ehashpool.pool.node.NodeRange;
import org.ehashpool.sv2.type.Bytes;

/** How the extranonce is divided. */
record ExtranonceConfig(
        @Description("The lowest of the numbers of which each start of the pool leases one in the database.")
        @Default("0")
        @Range(min = "0", max = "65535")
        int firstServerId,

        @Description("The highest of them; a number rests for a day before it is leased again.")
        @Default("65535")
        @Range(min = "0", max = "65535")
        int lastServerId,

        @Description("Bytes for the number of a channel.") @Default("4") @Range(min = "2", max = "4")
        int channelBytes,

        @Description("Bytes left to an extended channel, ascending; what SV1 devices get through a proxy is the first.")
        @Default("[8, 16]")
        List<Integer> rollableSizes) {
    private static final int SERVER_BYTES = 2;

    /** With sizes that fit. */
    ExtranonceConfig {
        rollableSizes = List.copyOf(rollableSizes);
        layout(channelBytes, rollableSizes);
        if (lastServerId < firstServerId) {
            throw new IllegalArgumentException("last_server_id must not be below first_server_id");
        }
    }

    NodeRange servers() {
        return new NodeRange(firstServerId, lastServerId);
    }

    ExtranonceLayout layout() {
        return layout(channelBytes, rollableSizes);
    }

    private static ExtranonceLayout layout(int channelBytes, List<Integer> rollableSizes) {
        return new ExtranonceLayout(Bytes.EMPTY, SERVER_BYTES, channelBytes, rollableSizes);
    }
}
