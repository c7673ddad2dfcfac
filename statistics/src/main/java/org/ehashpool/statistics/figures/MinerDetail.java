package org.ehashpool.statistics.figures;

import java.util.List;
import org.ehashpool.statistics.figures.DownstreamDetail.ChannelView;

/**
 * A miner with what belongs to it.
 *
 * @param channels that are open, then the last ones that were closed; 500 at most
 */
public record MinerDetail(MinerView miner, Series series, List<ChannelView> channels) {

    public MinerDetail {
        channels = List.copyOf(channels);
    }
}
