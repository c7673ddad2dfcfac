package org.ehashpool.templateprovider.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.bitcoin.BlockTemplate;
import org.ehashpool.kit.bitcoin.HeaderInfo;
import org.ehashpool.kit.bitcoin.RpcFailure;
import org.ehashpool.mining.coinbase.Network;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.node.NodeEffect.Lane;
import org.ehashpool.templateprovider.template.Tip;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to ask the node and what its answers mean. Without I/O; not for use by several threads at once.
 *
 * <p>A long poll tells of a new tip; a direct question tells at intervals whether fees have grown; a hint from ZMQ
 * brings the tip's header at once and the template after it. An answer to a question that is older than the tip is
 * thrown away.
 */
final class NodeFollower {
    /** Blocks from one retargeting to the next. */
    private static final int RETARGET_INTERVAL = 2_016;

    private final Settings settings;
    private final LaneState longPoll = new LaneState();
    private final LaneState direct = new LaneState();
    private NodeCondition reported = NodeCondition.CONNECTING;
    private NodeCondition status = NodeCondition.CONNECTING;
    private Optional<NodeCondition> trouble = Optional.empty();
    private boolean statusAsked;
    private boolean lonely;
    private Instant statusDue = Instant.MIN;
    private Instant lastGood = Instant.MIN;
    private boolean serving;
    private long questions;
    private long tipQuestion;
    private @Nullable Tip tip;
    private @Nullable BlockTemplate published;
    private Instant publishedAt = Instant.MIN;
    private Optional<String> longPollId = Optional.empty();

    /**
     * What the operator decides.
     *
     * @param network the chain that the node must follow
     * @param templateInterval between templates on one tip
     * @param feeDelta satoshis that a template must bring more than the one before on the same tip
     * @param withdrawAfter how long templates are served without a word of the node
     * @param statusInterval between questions for the node's state
     * @param retryDelay after a question that failed
     */
    record Settings(
            Network network,
            Duration templateInterval,
            long feeDelta,
            Duration withdrawAfter,
            Duration statusInterval,
            Duration retryDelay) {}

    private static final class LaneState {
        private boolean asked;
        private boolean again;
        private Instant due = Instant.MIN;
    }

    NodeFollower(Settings settings) {
        this.settings = settings;
    }

    /** How the node is. */
    NodeCondition condition() {
        return status.isReady() ? trouble.orElse(status) : status;
    }

    /** Asks whatever is due. */
    List<NodeEffect> tick(Instant now) {
        List<NodeEffect> effects = new ArrayList<>();
        if (!statusAsked && !now.isBefore(statusDue)) {
            statusAsked = true;
            effects.add(new NodeEffect.AskStatus());
        }
        if (status.isReady()) {
            ask(Lane.DIRECT, direct, now, effects);
            if (longPollId.isPresent()) {
                ask(Lane.LONG_POLL, longPoll, now, effects);
            }
        }
        if (serving && now.isAfter(lastGood.plus(settings.withdrawAfter()))) {
            serving = false;
            tip = null;
            published = null;
            effects.add(new NodeEffect.Withdraw());
        }
        return effects;
    }

    private void ask(Lane lane, LaneState state, Instant now, List<NodeEffect> effects) {
        if (!state.asked && !now.isBefore(state.due)) {
            state.asked = true;
            state.again = false;
            Optional<String> id =
                    switch (lane) {
                        case LONG_POLL -> longPollId;
                        case DIRECT -> Optional.empty();
                    };
            effects.add(new NodeEffect.AskTemplate(lane, ++questions, id));
        }
    }

    /** The node has told of itself. */
    List<NodeEffect> status(NodeStatus told, Instant now) {
        List<NodeEffect> effects = new ArrayList<>();
        statusAsked = false;
        status = told.condition(settings.network());
        statusDue = now.plus(status.isReady() ? settings.statusInterval() : settings.retryDelay());
        if (status.isReady() && trouble.isEmpty()) {
            lastGood = now;
        }
        if (told.isLonely() && status.isReady() && !lonely) {
            effects.add(new NodeEffect.Warn("the node has no peers: nobody but it will hear of a block"));
        }
        lonely = told.isLonely();
        report(effects);
        effects.addAll(tick(now));
        return effects;
    }

    /** The node has not told of itself. */
    List<NodeEffect> statusFailed(RpcFailure failure, Instant now) {
        List<NodeEffect> effects = new ArrayList<>();
        statusAsked = false;
        status = conditionOf(failure);
        statusDue = now.plus(settings.retryDelay());
        report(effects);
        return effects;
    }

    /** An answer with a template. */
    List<NodeEffect> template(Lane lane, long question, BlockTemplate template, Instant now) {
        List<NodeEffect> effects = new ArrayList<>();
        answered(lane, now.plus(lane == Lane.DIRECT ? settings.templateInterval() : Duration.ZERO), now);
        trouble = Optional.empty();
        report(effects);
        Tip known = tip;
        boolean sameTip = known != null && known.previousHash().equals(template.previousHash());
        if (!sameTip && question <= tipQuestion) {
            // Asked before the present tip was known: it may be of the one before.
            direct.due = now;
        } else if (status.isReady()) {
            lastGood = now;
            serving = true;
            longPollId = Optional.of(template.longPollId());
            consider(template, sameTip, now, effects);
        }
        effects.addAll(tick(now));
        return effects;
    }

    private void consider(BlockTemplate template, boolean sameTip, Instant now, List<NodeEffect> effects) {
        if (!sameTip) {
            announce(Tip.of(template), effects);
        }
        BlockTemplate before = published;
        boolean worthMore = before == null
                || (template.fees() - before.fees() >= settings.feeDelta()
                        && !now.isBefore(publishedAt.plus(settings.templateInterval())));
        if (worthMore) {
            published = template;
            publishedAt = now;
            effects.add(new NodeEffect.Publish(template));
        }
    }

    private void announce(Tip announced, List<NodeEffect> effects) {
        tip = announced;
        tipQuestion = questions;
        published = null;
        effects.add(new NodeEffect.NewTip(announced));
    }

    /** A question for a template has failed. */
    List<NodeEffect> templateFailed(Lane lane, RpcFailure failure, Instant now) {
        List<NodeEffect> effects = new ArrayList<>();
        answered(lane, now.plus(settings.retryDelay()), now);
        if (lane == Lane.LONG_POLL && failure instanceof RpcFailure.TimedOut) {
            longPoll.due = now;
        } else {
            trouble = Optional.of(conditionOf(failure));
            report(effects);
            // What the matter is, the node's state tells better; and templates come again only when they are asked for.
            statusDue = now;
            direct.due = now.plus(settings.retryDelay());
        }
        effects.addAll(tick(now));
        return effects;
    }

    private void answered(Lane lane, Instant due, Instant now) {
        LaneState state =
                switch (lane) {
                    case LONG_POLL -> longPoll;
                    case DIRECT -> direct;
                };
        state.asked = false;
        state.due = state.again ? now : due;
    }

    /** Somebody says that there is a new tip. */
    List<NodeEffect> hint(U256 hash, Instant now) {
        Tip known = tip;
        List<NodeEffect> effects = new ArrayList<>();
        if (!status.isReady() || known == null || known.previousHash().equals(hash)) {
            return effects;
        }
        effects.add(new NodeEffect.AskHeader(hash));
        direct.due = now;
        direct.again = direct.asked;
        effects.addAll(tick(now));
        return effects;
    }

    /** The header of a tip that was hinted at. It is enough to go on where it follows ours and the bits stay as they are. */
    List<NodeEffect> header(HeaderInfo header, Instant now) {
        Tip known = tip;
        List<NodeEffect> effects = new ArrayList<>();
        if (known == null
                || !serving
                || header.confirmations() != 1
                || !header.previousHash().equals(known.previousHash())
                || !bitsStay(header.height() + 1)) {
            return effects;
        }
        announce(Tip.of(header, now), effects);
        if (direct.asked) {
            direct.again = true;
        } else {
            direct.due = now;
        }
        effects.addAll(tick(now));
        return effects;
    }

    private boolean bitsStay(int height) {
        return switch (settings.network()) {
            case MAINNET, SIGNET -> height % RETARGET_INTERVAL != 0;
            // Twenty minutes without a block make the next one easy.
            case TESTNET3, TESTNET4 -> false;
            case REGTEST -> true;
        };
    }

    private void report(List<NodeEffect> effects) {
        NodeCondition now = condition();
        // The height in the words of a ready node is no change.
        boolean changed = now.isReady() ? !reported.isReady() : !now.equals(reported);
        reported = now;
        if (changed) {
            effects.add(new NodeEffect.Changed(now));
        }
    }

    private static NodeCondition conditionOf(RpcFailure failure) {
        NodeCondition.Kind kind =
                switch (failure) {
                    case RpcFailure.Unreachable away -> NodeCondition.Kind.AWAY;
                    case RpcFailure.TimedOut away -> NodeCondition.Kind.AWAY;
                    case RpcFailure.Unauthorized unauthorized -> NodeCondition.Kind.UNAUTHORIZED;
                    case RpcFailure.Malformed malformed -> NodeCondition.Kind.FAULTY;
                    case RpcFailure.TooLarge tooLarge -> NodeCondition.Kind.FAULTY;
                    case RpcFailure.Refused refused -> kindOf(refused.code());
                };
        String words = kind == NodeCondition.Kind.WARMING_UP ? "the node is still starting: " : "";
        return new NodeCondition(kind, words + failure.words());
    }

    private static NodeCondition.Kind kindOf(int code) {
        if (code == RpcFailure.Refused.WARMING_UP) {
            return NodeCondition.Kind.WARMING_UP;
        }
        if (code == RpcFailure.Refused.INITIAL_DOWNLOAD) {
            return NodeCondition.Kind.SYNCING;
        }
        return code == RpcFailure.Refused.NOT_CONNECTED ? NodeCondition.Kind.NO_PEERS : NodeCondition.Kind.FAULTY;
    }
}
