package org.ehashpool.mining.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.mining.coinbase.CoinbaseFields;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.job.JobOrigin;
import org.ehashpool.mining.merkle.MerklePath;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJob;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJobError;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJobSuccess;
import org.ehashpool.sv2.type.U32;

/**
 * A connection's wishes to be paid for jobs of its own.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/05-Mining-Protocol.md#5318-setcustomminingjob-client---server">
 *     Stratum V2, section 5.3.18</a>
 */
final class CustomJobRequests {
    private static final int MAX_DEFERRED = 16;
    private static final int MAX_PATH = 24;
    /** The template provider's clock and the miner's may differ; the exact lower bound only a node knows. */
    private static final long TIME_TOLERANCE = 2 * 60 * 60;

    private final LoopResources resources;
    private final List<CustomJobs.Request> deferred = new ArrayList<>(0);

    CustomJobRequests(LoopResources resources) {
        this.resources = resources;
    }

    /**
     * Judges a request.
     *
     * @param members the extended channels that it is for
     * @param now seconds since 1970
     */
    List<ServerEffect> request(
            SetCustomMiningJob message, List<ServerChannel> members, Optional<ChainTip> tip, @U32 long now) {
        if (members.isEmpty()) {
            return refuse(message, CustomJobError.INVALID_CHANNEL_ID);
        }
        Optional<CustomJobError> error = error(message, tip, now);
        if (error.isPresent()) {
            return refuse(message, error.get());
        }
        return switch (CoinbaseFields.ofCustomJob(message, fullSize(members.getFirst()))) {
            case CoinbaseFields.Refused(CoinbaseFields.Refusal reason) ->
                refuse(
                        message,
                        switch (reason) {
                            case SCRIPT_TOO_LONG, PREFIX_TOO_LONG -> CustomJobError.INVALID_COINBASE_PREFIX;
                            case INVALID_OUTPUTS, INVALID_VALUE -> CustomJobError.INVALID_COINBASE_TX_OUTPUTS;
                            case TOO_LARGE -> CustomJobError.INVALID_COINBASE_TX;
                        });
            case CoinbaseFields.Built(CoinbaseFields coinbase) -> {
                CustomJobs.Request request = new CustomJobs.Request(message, coinbase, members.getFirst().userIdentity);
                yield decide(request, resources.customJobs().decide(request), members, tip);
            }
        };
    }

    private static Optional<CustomJobError> error(SetCustomMiningJob message, Optional<ChainTip> tip, @U32 long now) {
        if (isStale(message, tip)) {
            return Optional.of(CustomJobError.STALE_CHAIN_TIP);
        }
        ChainTip present = tip.orElseThrow();
        if (message.nbits() != present.bits()) {
            return Optional.of(CustomJobError.INVALID_NBITS);
        }
        if (message.minNtime() < present.minimumTime() - TIME_TOLERANCE
                || message.minNtime() > now + ShareValidator.MAX_FUTURE_SECONDS) {
            return Optional.of(CustomJobError.INVALID_MIN_NTIME);
        }
        return message.merklePath().size() > MAX_PATH
                ? Optional.of(CustomJobError.INVALID_MERKLE_PATH)
                : Optional.empty();
    }

    private static boolean isStale(SetCustomMiningJob message, Optional<ChainTip> tip) {
        return tip.isEmpty() || !tip.get().previousHash().equals(message.prevHash());
    }

    /** Takes the request of these numbers out of those that wait. */
    Optional<CustomJobs.Request> takeDeferred(@U32 long channelId, @U32 long requestId) {
        for (CustomJobs.Request request : deferred) {
            if (request.message().channelId() == channelId && request.message().requestId() == requestId) {
                deferred.remove(request);
                return Optional.of(request);
            }
        }
        return Optional.empty();
    }

    List<ServerEffect> decide(
            CustomJobs.Request request,
            CustomJobs.Decision decision,
            List<ServerChannel> members,
            Optional<ChainTip> tip) {
        return switch (decision) {
            case CustomJobs.Refused(CustomJobError error) -> refuse(request.message(), error);
            case CustomJobs.Deferred later -> defer(request);
            case CustomJobs.Accepted accepted -> {
                // Both may have changed while the answer was on its way.
                if (members.isEmpty()) {
                    yield refuse(request.message(), CustomJobError.INVALID_CHANNEL_ID);
                }
                yield isStale(request.message(), tip)
                        ? refuse(request.message(), CustomJobError.STALE_CHAIN_TIP)
                        : accept(request, members, tip.orElseThrow());
            }
        };
    }

    private List<ServerEffect> defer(CustomJobs.Request request) {
        if (deferred.size() == MAX_DEFERRED) {
            return refuse(request.message(), CustomJobError.TOO_MANY_REQUESTS);
        }
        deferred.add(request);
        return List.of();
    }

    private List<ServerEffect> accept(CustomJobs.Request request, List<ServerChannel> members, ChainTip tip) {
        SetCustomMiningJob message = request.message();
        int fullSize = fullSize(members.getFirst());
        Job.Extended job = new Job.Extended(
                resources.numbers().next(),
                new JobOrigin.Custom(message.miningJobToken()),
                message.version(),
                true,
                MerklePath.of(message.merklePath()),
                request.coinbase().around(fullSize),
                fullSize);
        ChainTip own = new ChainTip(tip.previousHash(), tip.bits(), message.minNtime(), tip.networkTarget());
        for (ServerChannel member : members) {
            member.beginCustom(job, own);
        }
        return List.of(new ServerEffect.Send(
                new SetCustomMiningJobSuccess(message.channelId(), message.requestId(), job.id())));
    }

    private int fullSize(ServerChannel channel) {
        return resources.extranonces().layout().fullSize(channel.rollableSize);
    }

    static List<ServerEffect> refuse(SetCustomMiningJob message, CustomJobError error) {
        return List.of(new ServerEffect.Send(
                new SetCustomMiningJobError(message.channelId(), message.requestId(), error.code())));
    }
}
