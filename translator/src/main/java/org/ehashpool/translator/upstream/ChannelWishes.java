package org.ehashpool.translator.upstream;

import java.util.Optional;
import org.ehashpool.mining.client.ClientChannels;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.UpdateChannel;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.translator.upstream.UpstreamChannel.Seat;
import org.ehashpool.translator.work.MinerIdentity;

/** What a session wants of its channels: names, hash rates, targets. */
final class ChannelWishes {
    private final SessionTerms terms;
    private final ClientChannels channels;
    private final Seat shared;

    /** @param shared where all mine if they share a channel */
    ChannelWishes(SessionTerms terms, ClientChannels channels, Seat shared) {
        this.terms = terms;
        this.channels = channels;
        this.shared = shared;
    }

    /**
     * The request for a channel.
     *
     * @param name of whoever asks
     */
    OpenExtendedMiningChannel request(Seat seat, Text name) {
        return channels.openExtended(
                name, (float) rate(seat), wanted(seat), terms.channels().neededSize());
    }

    /** The miner whose channel it is; nobody where all share it. */
    Optional<MinerIdentity> owner(Seat seat) {
        return seat.equals(shared)
                ? Optional.empty()
                : seat.members.iterator().next().who();
    }

    /** Whose the shares of a channel are that do not say. */
    Optional<Bytes> key(Seat seat) {
        return owner(seat)
                .map(terms.identities()::lockingKey)
                .orElseGet(terms.identities().walletKey());
    }

    /** What a request told. */
    RateReport told(Seat seat, Moment now) {
        return new RateReport(
                rate(seat),
                easiest(seat),
                now.nanos(),
                terms.vardiff().interval().toNanos());
    }

    /** What is to be told of a channel now, after a look at its shares. */
    Optional<UpdateChannel> news(UpstreamChannel channel, Moment now) {
        Seat seat = channel.seat;
        if (terms.vardiff().enabled() && channel.working) {
            seat.members.forEach(member -> member.evaluate(channel.target, now));
        }
        return channel.told.isNews(rate(seat), easiest(seat), now.nanos())
                ? Optional.of(new UpdateChannel(
                        channel.id, (float) rate(seat), wanted(seat).value()))
                : Optional.empty();
    }

    private double rate(Seat seat) {
        double sum = 0;
        for (MinerPlace member : seat.members) {
            sum += member.estimatedHashRate();
        }
        return Math.max(sum, terms.vardiff().minimumHashRate());
    }

    /** Where all share a channel nobody may make it harder for the others. */
    private Target easiest(Seat seat) {
        return seat.equals(shared) || seat.members.isEmpty()
                ? Target.EASIEST
                : seat.members.iterator().next().easiest();
    }

    private Target wanted(Seat seat) {
        Target wish = wish(seat);
        Target refused = seat.refusedWish;
        return refused != null && refused.equals(wish) ? Target.EASIEST : wish;
    }

    private Target wish(Seat seat) {
        Target own = easiest(seat);
        return terms.vardiff()
                .sharesPerMinute()
                .map(pace -> own.harder(Target.ofHashRate(rate(seat), pace)))
                .orElse(own);
    }

    /**
     * Upstream gives no channel with such a target: the wish is not repeated.
     *
     * @return false if there was none, or it was given up before
     */
    boolean giveUp(Seat seat) {
        Target wanted = wanted(seat);
        if (wanted.equals(Target.EASIEST)) {
            return false;
        }
        seat.refusedWish = wanted;
        return true;
    }
}
