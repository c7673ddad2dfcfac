package org.ehashpool.miner.sv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.sv2.upstream.ReconnectSettings;
import org.ehashpool.miner.hashing.HashThreads;
import org.ehashpool.miner.status.MinerReport;
import org.ehashpool.miner.upstream.MinerPlatform;
import org.ehashpool.miner.upstream.TestPool;
import org.ehashpool.miner.upstream.Workshop;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.server.ChannelError;
import org.ehashpool.noise.certificate.Sv2Url;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Sv2MinerTest {
    private static final Target EASY = Target.ofExpectedHashes(20_000);
    private static final ReconnectSettings FAST = new ReconnectSettings(
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(100));

    enum Kind {
        STANDARD,
        GROUPED,
        EXTENDED;

        private ChannelPlan plan(int channels) {
            return new ChannelPlan(
                    this != EXTENDED, this == GROUPED, channels, "alice", Optional.of("rig 1"), Target.EASIEST, 4);
        }
    }

    private final MinerPlatform platform = new MinerPlatform(new SecureRandom(), 64);
    private final Workshop workshop = Workshop.open();
    private final HashThreads threads = new HashThreads(1, OptionalDouble.of(1e6), workshop.board(), workshop.found());
    private TestPool pool = new TestPool(platform, EASY, TestPool.HARD);
    private Optional<Sv2Miner> miner = Optional.empty();

    @BeforeEach
    void patience() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() throws Exception {
        if (miner.isPresent()) {
            miner.get().stop().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        threads.close();
        pool.close();
        platform.close();
    }

    private void mine(ChannelPlan plan, Sv2Url... urls) {
        Sv2Miner made = new Sv2Miner(
                platform.environment(),
                new Sv2Settings(List.of(urls), MinerPlatform.self(), plan, 1e6, FAST),
                workshop,
                () -> 0,
                System::nanoTime);
        miner = Optional.of(made);
        made.start();
    }

    private MinerReport report() {
        return workshop.tally().report(1, threads.hashes(), 0);
    }

    private void awaitShares(int count) {
        await().until(() -> pool.acceptedSinceChange() >= count);
    }

    @ParameterizedTest
    @EnumSource
    void shouldMineAcceptedSharesOnEveryKindOfChannel(Kind kind) {
        mine(kind.plan(3), pool.url());
        awaitShares(30);

        await().until(() -> report().accepted() >= 30);
        assertThat(report().rejections()).isEmpty();
        assertThat(report().connected()).isTrue();
        assertThat(report().difficulty()).isEqualTo(EASY.difficulty());
        assertThat(pool.rejected()).isEmpty();
        assertThat(pool.users()).containsOnly("alice").hasSize(3);
        if (kind == Kind.EXTENDED) {
            assertThat(pool.workers()).contains("rig 1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnWithoutAStaleShareOfItsOwnMakingWhenJobsChange(Kind kind) {
        mine(kind.plan(2), pool.url());
        awaitShares(5);
        for (int i = 0; i < 5; i++) {
            pool.newJob();
            awaitShares(3);
            pool.newTip();
            awaitShares(3);
        }
        // A share may cross the new previous hash on its way; nothing else may be refused.
        assertThat(pool.rejected().keySet()).isSubsetOf("stale-share");
        assertThat(pool.rejected().getOrDefault("stale-share", 0)).isLessThanOrEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFollowTheTargetWithoutADuplicateWhenItChanges(Kind kind) {
        mine(kind.plan(1), pool.url());
        awaitShares(20);
        Target harder = Target.ofExpectedHashes(100_000);
        pool.harden(harder);
        awaitShares(5);

        assertThat(report().difficulty()).isEqualTo(harder.difficulty());
        assertThat(pool.rejected()).isEmpty();
    }

    @Test
    void shouldTakeANewExtranoncePrefixForTheJobsAfterIt() {
        mine(Kind.EXTENDED.plan(1), pool.url());
        awaitShares(5);
        pool.changePrefixes();
        pool.newJob();
        awaitShares(5);

        assertThat(pool.rejected()).isEmpty();
    }

    @Test
    void shouldConnectAgainAndMineWhenThePoolHangsUp() {
        mine(Kind.STANDARD.plan(1), pool.url());
        awaitShares(3);
        pool.hangUp();
        await().until(() -> pool.connections() == 2);
        pool.newTip();
        awaitShares(3);

        // A share may cross the new previous hash on its way.
        assertThat(pool.rejected().keySet()).isSubsetOf("stale-share");
    }

    @Test
    void shouldUseTheNextPoolWhenTheFirstIsAway() {
        TestPool gone = new TestPool(platform, EASY, TestPool.HARD);
        Sv2Url away = gone.url();
        gone.close();
        mine(Kind.STANDARD.plan(1), away, pool.url());
        awaitShares(3);

        assertThat(report().connected()).isTrue();
    }

    @Test
    void shouldSayWhatThePoolSaysWhenItRefusesTheChannel() {
        pool.refuseChannels(ChannelError.UNKNOWN_USER);
        mine(Kind.STANDARD.plan(1), pool.url());

        await().until(() -> report().state().contains("the pool does not know the user"));
        assertThat(workshop.tally().everOpened()).isFalse();
        await().until(() -> pool.connections() > 2);
    }

    @Test
    void shouldMineOnWhatIsLeftWhenThePoolClosesAChannel() {
        mine(Kind.EXTENDED.plan(2), pool.url());
        awaitShares(5);
        pool.closeOneChannel();
        pool.newTip();
        awaitShares(5);
        assertThat(pool.openChannels()).isEqualTo(1);
        assertThat(pool.connections()).isEqualTo(1);

        pool.closeOneChannel();
        await().until(() -> pool.connections() == 2 && pool.openChannels() == 2);
    }

    @Test
    void shouldCountBlocksWhenTheNetworkIsEasy() {
        pool.close();
        pool = new TestPool(platform, Target.ofExpectedHashes(1_000), 0x1f00_ffffL);
        mine(Kind.EXTENDED.plan(1), pool.url());

        await().until(() -> pool.blocks() >= 2);
        await().until(() -> report().blocks() >= 2);
        assertThat(report().blocks()).isLessThan(report().submitted());
    }

    @Test
    void shouldTellThePoolOfAnotherHashRate() {
        AnnouncedRate rate = new AnnouncedRate(1e6, 0);
        long minute = 60_000_000_000L;

        assertThat(rate.isWorthTelling(1.1e6, minute)).isFalse();
        assertThat(rate.isWorthTelling(2e6, 1)).isFalse();
        assertThat(rate.isWorthTelling(0, minute)).isFalse();
        assertThat(rate.isWorthTelling(2e6, minute)).isTrue();
        assertThat(rate.isWorthTelling(2e6, 2 * minute)).isFalse();
        assertThat(rate.isWorthTelling(1e6, 2 * minute)).isTrue();
    }
}
