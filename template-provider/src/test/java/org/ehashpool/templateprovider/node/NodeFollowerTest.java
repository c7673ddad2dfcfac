package org.ehashpool.templateprovider.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.ehashpool.kit.bitcoin.BlockTemplate;
import org.ehashpool.kit.bitcoin.ChainInfo;
import org.ehashpool.kit.bitcoin.HeaderInfo;
import org.ehashpool.kit.bitcoin.RpcFailure;
import org.ehashpool.mining.coinbase.Network;
import org.ehashpool.templateprovider.node.NodeCondition.Kind;
import org.ehashpool.templateprovider.node.NodeEffect.AskHeader;
import org.ehashpool.templateprovider.node.NodeEffect.AskStatus;
import org.ehashpool.templateprovider.node.NodeEffect.AskTemplate;
import org.ehashpool.templateprovider.node.NodeEffect.Changed;
import org.ehashpool.templateprovider.node.NodeEffect.Lane;
import org.ehashpool.templateprovider.node.NodeEffect.NewTip;
import org.ehashpool.templateprovider.node.NodeEffect.Publish;
import org.ehashpool.templateprovider.node.NodeEffect.Warn;
import org.ehashpool.templateprovider.node.NodeEffect.Withdraw;
import org.ehashpool.templateprovider.template.TemplateFixtures;
import org.ehashpool.templateprovider.template.Tip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeFollowerTest {
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final RpcFailure AWAY = new RpcFailure.Unreachable("Connection refused");

    private Instant now = Instant.ofEpochSecond(1_700_000_000L);

    @Test
    void shouldAskForStateThenTemplateThenLongPoll() {
        NodeFollower follower = follower(Network.REGTEST);

        assertThat(follower.tick(now)).containsExactly(new AskStatus());
        List<NodeEffect> ready = follower.status(status("regtest", 8, false), now);
        assertThat(kinds(ready)).containsExactly(Kind.READY);
        AskTemplate direct = only(ready, AskTemplate.class);
        assertThat(direct.lane()).isEqualTo(Lane.DIRECT);
        assertThat(follower.tick(now)).isEmpty();

        BlockTemplate template = TemplateFixtures.template(102, 1, List.of());
        List<NodeEffect> effects = follower.template(Lane.DIRECT, direct.question(), template, now);

        assertThat(effects).startsWith(new NewTip(Tip.of(template)), new Publish(template));
        AskTemplate poll = only(effects, AskTemplate.class);
        assertThat(poll.lane()).isEqualTo(Lane.LONG_POLL);
        assertThat(poll.longPollId()).contains(template.longPollId());
    }

    @Test
    void shouldAnnounceANewTipAtOnceWhenTheLongPollIsAnswered() {
        NodeFollower follower = serving(Network.REGTEST);
        BlockTemplate next = TemplateFixtures.template(103, 2, List.of());

        List<NodeEffect> effects = follower.template(Lane.LONG_POLL, 2, next, now);

        assertThat(effects).startsWith(new NewTip(Tip.of(next)), new Publish(next));
        assertThat(only(effects, AskTemplate.class).longPollId()).contains(next.longPollId());
    }

    @Test
    void shouldPublishOnTheSameTipOnlyWhenFeesHaveGrownAndTimeHasPassed() {
        NodeFollower follower = serving(Network.REGTEST);
        BlockTemplate richer = withFees(1_000);

        now = now.plus(INTERVAL).minusMillis(1);
        assertThat(publishedBy(follower.template(Lane.LONG_POLL, 2, richer, now)))
                .isEmpty();
        now = now.plusMillis(1);
        AskTemplate direct = only(follower.tick(now), AskTemplate.class);
        assertThat(direct.lane()).isEqualTo(Lane.DIRECT);
        assertThat(publishedBy(follower.template(Lane.DIRECT, direct.question(), withFees(999), now)))
                .isEmpty();
        now = now.plus(INTERVAL);
        direct = only(follower.tick(now), AskTemplate.class);
        assertThat(publishedBy(follower.template(Lane.DIRECT, direct.question(), richer, now)))
                .containsExactly(richer);
    }

    @Test
    void shouldAnnounceTheTipFromItsHeaderWhenAHintComes() {
        NodeFollower follower = serving(Network.MAINNET);
        HeaderInfo header = header(102, 2, 1);

        List<NodeEffect> hinted = follower.hint(header.hash(), now);
        assertThat(hinted).contains(new AskHeader(header.hash()));
        long question = only(hinted, AskTemplate.class).question();
        List<NodeEffect> effects = follower.header(header, now);

        assertThat(effects)
                .containsExactly(new NewTip(
                        new Tip(header.hash(), 103, header.bits(), now.getEpochSecond(), OptionalLong.empty())));

        // Asked before the tip was known, and of the tip before.
        List<NodeEffect> old =
                follower.template(Lane.DIRECT, question, TemplateFixtures.template(102, 1, List.of()), now);
        assertThat(publishedBy(old)).isEmpty();
        assertThat(old).noneMatch(NewTip.class::isInstance);
        AskTemplate again = only(old, AskTemplate.class);
        BlockTemplate full = TemplateFixtures.template(103, 2, List.of());
        assertThat(follower.template(Lane.DIRECT, again.question(), full, now)).containsExactly(new Publish(full));
    }

    @ParameterizedTest
    @CsvSource({
        // The bits change with the next block, or may.
        "MAINNET, 4031, 1, 1",
        "TESTNET4, 102, 1, 1",
        // Not the block after ours, not on the best chain.
        "MAINNET, 102, 5, 1",
        "MAINNET, 102, 1, -1"
    })
    void shouldWaitForTheTemplateWhenTheHeaderIsNotEnough(
            Network network, int height, int previous, int confirmations) {
        NodeFollower follower = serving(network);
        HeaderInfo header = new HeaderInfo(
                TemplateFixtures.hash(2),
                TemplateFixtures.hash(previous),
                height,
                TemplateFixtures.EASY_BITS,
                1_699_999_000L,
                confirmations);

        assertThat(follower.header(header, now)).isEmpty();
    }

    @Test
    void shouldIgnoreAHintOfTheTipThatItKnows() {
        assertThat(serving(Network.REGTEST).hint(TemplateFixtures.hash(1), now)).isEmpty();
    }

    @Test
    void shouldWithdrawTemplatesOnceWhenTheNodeIsAwayForTooLong() {
        NodeFollower follower = serving(Network.REGTEST);
        now = now.plusSeconds(5);
        assertThat(follower.tick(now)).containsExactly(new AskStatus());
        assertThat(kinds(follower.statusFailed(AWAY, now))).containsExactly(Kind.AWAY);
        assertThat(follower.condition().words()).contains("Connection refused");

        now = now.plus(Duration.ofMinutes(2)).minusSeconds(5);
        assertThat(follower.tick(now)).noneMatch(Withdraw.class::isInstance);
        now = now.plusMillis(1);
        assertThat(follower.tick(now)).contains(new Withdraw());
        now = now.plusSeconds(1);
        assertThat(follower.tick(now)).noneMatch(Withdraw.class::isInstance);
    }

    @Test
    void shouldServeAgainFromTheBeginningWhenTheNodeIsBackAfterAWithdrawal() {
        NodeFollower follower = serving(Network.REGTEST);
        follower.statusFailed(AWAY, now);
        follower.templateFailed(Lane.LONG_POLL, AWAY, now);
        now = now.plus(Duration.ofMinutes(3));
        assertThat(follower.tick(now)).contains(new Withdraw());

        List<NodeEffect> back = follower.status(status("regtest", 8, false), now);
        AskTemplate direct = back.stream()
                .filter(AskTemplate.class::isInstance)
                .map(AskTemplate.class::cast)
                .filter(question -> question.lane() == Lane.DIRECT)
                .findFirst()
                .orElseThrow();
        BlockTemplate template = TemplateFixtures.template(102, 1, List.of());

        assertThat(follower.template(Lane.DIRECT, direct.question(), template, now))
                .startsWith(new Changed(follower.condition()), new NewTip(Tip.of(template)), new Publish(template));
    }

    @ParameterizedTest
    @CsvSource({
        "MAINNET, main, 8, false, READY",
        "MAINNET, main, 0, false, NO_PEERS",
        "MAINNET, main, 8, true, SYNCING",
        "MAINNET, test, 8, false, WRONG_NETWORK",
        "TESTNET4, testnet4, 8, true, SYNCING",
        "TESTNET4, testnet4, 0, false, READY",
        "REGTEST, regtest, 0, true, READY",
        "SIGNET, signet, 8, true, READY"
    })
    void shouldJudgeTheNodeByItsOwnAccount(Network network, String chain, int peers, boolean downloading, Kind kind) {
        NodeFollower follower = follower(network);
        follower.tick(now);

        List<NodeEffect> effects = follower.status(status(chain, peers, downloading), now);

        assertThat(follower.condition().kind()).isEqualTo(kind);
        assertThat(effects.stream().anyMatch(AskTemplate.class::isInstance)).isEqualTo(kind == Kind.READY);
        assertThat(effects.stream().anyMatch(Warn.class::isInstance)).isEqualTo(kind == Kind.READY && peers == 0);
    }

    @Test
    void shouldNeedNoPeerCount() {
        NodeFollower follower = follower(Network.MAINNET);

        follower.status(new NodeStatus(chainInfo("main", false), OptionalInt.empty()), now);

        assertThat(follower.condition().isReady()).isTrue();
    }

    @Test
    void shouldSayWhatIsTheMatterWhenTheNodeRefusesATemplate() {
        NodeFollower follower = serving(Network.REGTEST);

        List<NodeEffect> effects = follower.templateFailed(
                Lane.LONG_POLL, new RpcFailure.Refused(RpcFailure.Refused.WARMING_UP, "Loading"), now);

        assertThat(kinds(effects)).containsExactly(Kind.WARMING_UP);
        assertThat(effects).contains(new AskStatus());
        // Its state alone does not make it ready: templates do.
        assertThat(kinds(follower.status(status("regtest", 8, false), now))).isEmpty();
        assertThat(follower.condition().kind()).isEqualTo(Kind.WARMING_UP);
        now = now.plusSeconds(1);
        AskTemplate direct = follower.tick(now).stream()
                .filter(AskTemplate.class::isInstance)
                .map(AskTemplate.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(kinds(follower.template(
                        Lane.DIRECT, direct.question(), TemplateFixtures.template(102, 1, List.of()), now)))
                .containsExactly(Kind.READY);
    }

    @Test
    void shouldPollAgainAtOnceWhenALongPollEndsWithoutNews() {
        NodeFollower follower = serving(Network.REGTEST);

        List<NodeEffect> effects = follower.templateFailed(Lane.LONG_POLL, new RpcFailure.TimedOut(300_000), now);

        assertThat(only(effects, AskTemplate.class).lane()).isEqualTo(Lane.LONG_POLL);
        assertThat(follower.condition().isReady()).isTrue();
    }

    private NodeFollower serving(Network network) {
        NodeFollower follower = follower(network);
        follower.tick(now);
        follower.status(status(NodeStatus.chainName(network), 8, false), now);
        follower.template(Lane.DIRECT, 1, TemplateFixtures.template(102, 1, List.of()), now);
        return follower;
    }

    private static NodeFollower follower(Network network) {
        return new NodeFollower(new NodeFollower.Settings(
                network, INTERVAL, 1_000, Duration.ofMinutes(2), Duration.ofSeconds(5), Duration.ofSeconds(1)));
    }

    private static NodeStatus status(String chain, int peers, boolean downloading) {
        return new NodeStatus(chainInfo(chain, downloading), OptionalInt.of(peers));
    }

    private static ChainInfo chainInfo(String chain, boolean downloading) {
        return new ChainInfo(chain, 101, 101, TemplateFixtures.hash(1), downloading);
    }

    private static HeaderInfo header(int height, int tip, int previous) {
        return new HeaderInfo(
                TemplateFixtures.hash(tip),
                TemplateFixtures.hash(previous),
                height,
                TemplateFixtures.EASY_BITS,
                1_699_999_000L,
                1);
    }

    private static BlockTemplate withFees(long fees) {
        return TemplateFixtures.template(
                102, 1, List.of(TemplateFixtures.transaction(new Random(fees), fees, 10, 0, List.of())));
    }

    private static List<BlockTemplate> publishedBy(List<NodeEffect> effects) {
        List<BlockTemplate> published = new ArrayList<>();
        for (NodeEffect effect : effects) {
            if (effect instanceof Publish(BlockTemplate template)) {
                published.add(template);
            }
        }
        return published;
    }

    private static List<Kind> kinds(List<NodeEffect> effects) {
        return effects.stream()
                .filter(Changed.class::isInstance)
                .map(effect -> ((Changed) effect).condition().kind())
                .toList();
    }

    private static <E extends NodeEffect> E only(List<NodeEffect> effects, Class<E> type) {
        List<E> found =
                effects.stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
