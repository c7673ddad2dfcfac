package org.ehashpool.translator.upstream;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.ehashpool.mining.client.ClientChannelStatus;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.share.SeenShares;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.translator.work.ShareOutcome;
import org.jspecify.annotations.Nullable;

/** An open channel: its work, its shares, and what upstream was told of it. */
final class UpstreamChannel {
    final @U32 long id;
    final Seat seat;
    final IssuedWork issued;
    final ShareBook<Submitted> book = new ShareBook<>();
    final SeenShares seen;
    final RateReport told;
    Target target;
    boolean working;

    /** Whoever wants a channel, and those who mine on it. */
    static final class Seat {
        final Set<MinerPlace> members = LinkedHashSet.newLinkedHashSet(1);

        @Nullable
        UpstreamChannel channel;

        /** A wish that upstream has refused a channel for. */
        @Nullable
        Target refusedWish;
    }

    /**
     * A share that was sent.
     *
     * @param place of the miner
     * @param answer waits for its outcome
     * @param target that it met
     */
    record Submitted(MinerPlace place, Consumer<ShareOutcome> answer, Target target) {}

    UpstreamChannel(ClientChannelStatus status, Seat seat, IssuedWork issued, int mostSeen, RateReport told) {
        this.id = status.id();
        this.seat = seat;
        this.issued = issued;
        this.seen = new SeenShares(mostSeen);
        this.target = status.target();
        this.told = told;
    }
}
