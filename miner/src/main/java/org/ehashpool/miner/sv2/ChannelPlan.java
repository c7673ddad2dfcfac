package org.ehashpool.miner.sv2;

import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.sv2.ClientDescription;
import org.ehashpool.kit.sv2.SetupRequest;
import org.ehashpool.mining.client.ClientChannels;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.sv2.type.Text;

/**
 * What is asked of a pool on each connection.
 *
 * @param standard whether channels are standard ones, else extended
 * @param grouped whether standard channels may be sent extended jobs by group
 * @param channels how many
 * @param user who is paid
 * @param worker who does the work, told with each share on extended channels
 * @param maximum the easiest target wanted
 * @param minExtranonceSize bytes of extranonce wanted on an extended channel
 */
public record ChannelPlan(
        boolean standard,
        boolean grouped,
        int channels,
        String user,
        Optional<String> worker,
        Target maximum,
        int minExtranonceSize) {

    /** The same for somebody else. */
    public ChannelPlan withUser(String other) {
        return new ChannelPlan(standard, grouped, channels, other, worker, maximum, minExtranonceSize);
    }

    /** The SetupConnection that goes with it. */
    public SetupRequest setup(ClientDescription self) {
        return SetupRequest.of(Protocol.MINING, self)
                .withFlags(standard && !grouped ? Mining.REQUIRES_STANDARD_JOBS : 0)
                .withExtensions(worker.isPresent() ? List.of(WorkerTracking.EXTENSION) : List.of());
    }

    /** The request for one channel. */
    public Mining.FromClient open(ClientChannels channels, float hashRate) {
        return standard
                ? channels.openStandard(Text.of(user), hashRate, maximum)
                : channels.openExtended(Text.of(user), hashRate, maximum, minExtranonceSize);
    }
}
