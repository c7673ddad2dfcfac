package org.ehashpool.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.pool.connection.StubFeed;
import org.ehashpool.pool.ledger.MemoryShareLedger;
import org.ehashpool.pool.ledger.ShareCredit;
import org.ehashpool.pool.ledger.ShareLedger;
import org.ehashpool.sv2.message.Common.Reconnect;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.NewMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.SetNewPrevHash;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool and its miners over loopback, encrypted. */
class MinerSideTest {
    @TempDir
    private Path home;

    /** Takes everything, or answers when told to. */
    private static final class StubLedger implements ShareLedger {
        final List<ShareCredit> credits = new CopyOnWriteArrayList<>();
        volatile boolean held;
        private volatile Runnable release = () -> {};

        @Override
        public Future<List<Outcome>> commit(List<ShareCredit> batch) {
            List<Outcome> outcomes = Collections.nCopies(batch.size(), Outcome.RECORDED);
            credits.addAll(batch);
            if (!held) {
                return Future.succeededFuture(outcomes);
            }
            Promise<List<Outcome>> promise = Promise.promise();
            release = () -> promise.complete(outcomes);
            return promise.future();
        }

        void release() {
            held = false;
            release.run();
        }
    }

    @Test
    void shouldAcceptSharesOnBothKindsOfChannels() {
        try (PoolScenario pool = PoolScenario.of(home)) {
            pool.feed.mine(1);
            MinerPeer miner = pool.connect(0);
            long extended = miner.openExtended("easy.rig");
            long standard = miner.openStandard("easy.rig");

            miner.submit(extended, 5);
            miner.submit(standard, 3);

            await().untilAsserted(() -> assertThat(miner.received(SubmitSharesSuccess.class).stream()
                            .mapToLong(SubmitSharesSuccess::newSubmitsAcceptedCount)
                            .sum())
                    .isEqualTo(8));
            assertThat(miner.received(SubmitSharesError.class)).isEmpty();
        }
    }

    @Test
    void shouldSendOneJobToAGroupHoweverManyChannelsItHas() {
        try (PoolScenario pool = PoolScenario.of(home)) {
            pool.feed.mine(1);
            MinerPeer miner = pool.connect(0);
            for (int i = 0; i < 4; i++) {
                miner.openExtended("easy.e" + i);
                miner.openStandard("easy.s" + i);
            }
            int jobs = miner.received(NewExtendedMiningJob.class).size();
            int standardJobs = miner.received(NewMiningJob.class).size();
            int tips = miner.received(SetNewPrevHash.class).size();

            pool.feed.active();
            pool.feed.future();
            pool.feed.tip(2);

            SetNewPrevHash tip = miner.awaitMessage(SetNewPrevHash.class, tips + 1);
            assertThat(miner.received(NewExtendedMiningJob.class)).hasSize(jobs + 2);
            assertThat(miner.received(NewMiningJob.class)).hasSize(standardJobs);
            long group = miner.received(OpenExtendedMiningChannelSuccess.class)
                    .getFirst()
                    .groupChannelId();
            assertThat(tip.channelId()).isEqualTo(group);
            assertThat(tip.prevHash()).isEqualTo(U256.of(2));
        }
    }

    @Test
    void shouldRefuseSharesForJobsBeforeTheNewTip() {
        try (PoolScenario pool = PoolScenario.of(home)) {
            pool.feed.mine(1);
            MinerPeer miner = pool.connect(0);
            long channel = miner.openExtended("easy.rig");
            AssignedJob old = miner.work(channel).orElseThrow();
            Mining.FromClient late = miner.share(channel, old);
            int tips = miner.received(SetNewPrevHash.class).size();

            pool.feed.mine(2);
            miner.awaitMessage(SetNewPrevHash.class, tips + 1);
            miner.connection.send(late);

            assertThat(miner.awaitMessage(SubmitSharesError.class, 1).errorCode())
                    .isEqualTo(Text.of("stale-share"));
            miner.submit(channel, 1);
            miner.awaitMessage(SubmitSharesSuccess.class, 1);
        }
    }

    @Test
    void shouldNotGroupStandardChannelsWhenTheClientRequiresStandardJobs() {
        try (PoolScenario pool = PoolScenario.of(home)) {
            pool.feed.mine(1);
            MinerPeer miner = pool.connect(Mining.REQUIRES_STANDARD_JOBS);
            long one = miner.openStandard("easy.a");
            long other = miner.openStandard("easy.b");
            int jobs = miner.received(NewMiningJob.class).size();

            pool.feed.mine(2);
            miner.awaitMessage(NewMiningJob.class, jobs + 2);
            miner.connection.send(miner.extendedRequest("easy.c"));

            assertThat(miner.awaitMessage(OpenMiningChannelError.class, 1).errorCode())
                    .isEqualTo(Text.of("extended-channels-not-supported-for-standard-jobs"));
            assertThat(miner.received(NewMiningJob.class).stream().skip(jobs).map(NewMiningJob::channelId))
                    .containsExactlyInAnyOrder(one, other);
        }
    }

    @Test
    void shouldKeepTheExtranoncesOfAllEventLoopsApart() {
        try (PoolScenario pool = PoolScenario.of(home)) {
            pool.feed.mine(1);
            List<MinerPeer> miners = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 8; i++) {
                MinerPeer miner = pool.connect(0);
                miner.openStandard("easy." + i);
                miners.add(miner);
            }

            assertThat(miners.stream()
                            .map(miner -> miner.awaitMessage(OpenStandardMiningChannelSuccess.class, 1)
                                    .extranoncePrefix()))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldKeepTheWorkerThatAShareNames() {
        StubLedger ledger = new StubLedger();
        try (PoolScenario pool = new PoolScenario(home, StubFeed.HARD, ledger, Map.of())) {
            pool.feed.mine(1);
            MinerPeer miner = pool.connect(0, WorkerTracking.EXTENSION);
            long channel = miner.openExtended("easy.farm");

            miner.submit(channel, 1, WorkerTracking.userIdentity(Text.of("rig17")));

            await().until(() -> ledger.credits.size() == 1);
            assertThat(ledger.credits.getFirst().worker()).contains(Text.of("rig17"));
        }
    }

    @Test
    void shouldHandOverBlocks() {
        try (PoolScenario pool = new PoolScenario(home, StubFeed.REGTEST, new MemoryShareLedger(10), Map.of())) {
            pool.feed.mine(1);
            MinerPeer miner = pool.connect(0);
            miner.submit(miner.openExtended("easy.finder"), 20);

            await().until(() -> !pool.blocks.isEmpty());
            assertThat(pool.blocks).containsOnly("easy.finder");
        }
    }

    @Test
    void shouldServeAMinerThatComesBeforeTheFirstTemplate() {
        try (PoolScenario pool = PoolScenario.of(home)) {
            MinerPeer miner = pool.connect(0);
            miner.connection.send(miner.extendedRequest("easy.early"));
            long channel = miner.awaitMessage(OpenExtendedMiningChannelSuccess.class, 1)
                    .channelId();

            pool.feed.mine(1);

            await().until(() -> miner.work(channel).isPresent());
            miner.submit(channel, 1);
            miner.awaitMessage(SubmitSharesSuccess.class, 1);
        }
    }

    @Test
    void shouldAcknowledgeTheLastSharesThenAskMinersToReconnectWhenItStops() {
        StubLedger ledger = new StubLedger();
        PoolScenario pool = new PoolScenario(
                home, StubFeed.HARD, ledger, Map.of("POOL__DRAIN__RECONNECT_TO", "other.example:3333"));
        try {
            pool.feed.mine(1);
            MinerPeer miner = pool.connect(0);
            long channel = miner.openExtended("easy.rig");
            ledger.held = true;
            miner.submit(channel, 3);
            await().until(() -> !ledger.credits.isEmpty());
            pool.vertx.setTimer(200, late -> ledger.release());

            pool.drain();

            await().untilAsserted(() ->
                    assertThat(miner.received.getLast()).isEqualTo(new Reconnect(Text.of("other.example"), 3333)));
            assertThat(miner.received(SubmitSharesSuccess.class).stream()
                            .mapToLong(SubmitSharesSuccess::newSubmitsAcceptedCount)
                            .sum())
                    .isEqualTo(ledger.credits.size());
            assertThat(PoolScenario.await(miner.connection.closed()).reason()).isEqualTo(CloseReason.PEER_CLOSED);
        } finally {
            pool.close();
        }
    }

    @Test
    void shouldNotWaitForEverForALedgerThatIsAwayWhenItStops() {
        StubLedger ledger = new StubLedger();
        try (PoolScenario pool = new PoolScenario(home, StubFeed.HARD, ledger, Map.of("POOL__SV2__DRAIN", "300ms"))) {
            pool.feed.mine(1);
            MinerPeer miner = pool.connect(0);
            long channel = miner.openExtended("easy.rig");
            ledger.held = true;
            miner.submit(channel, 1);
            await().until(() -> !ledger.credits.isEmpty());

            pool.drain();

            miner.awaitMessage(Reconnect.class, 1);
            assertThat(miner.received(SubmitSharesSuccess.class)).isEmpty();
        }
    }

    @Test
    void shouldAnswerABurstOfRequestsWhenTheAnswersFillTheBuffers() {
        try (PoolScenario pool = PoolScenario.of(home)) {
            pool.feed.mine(1);
            MinerPeer miner = pool.connect(0);
            List<Mining.OpenExtendedMiningChannel> requests = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                requests.add(miner.extendedRequest("easy.rig"));
            }

            requests.forEach(miner.connection::send);

            miner.awaitMessage(OpenExtendedMiningChannelSuccess.class, 1_000);
        }
    }

    @Test
    void shouldLeaveOtherMinersAloneWhenOneFloods() {
        try (PoolScenario pool = new PoolScenario(
                home,
                StubFeed.HARD,
                new MemoryShareLedger(10),
                Map.of("POOL__LIMITS__SHARES_PER_SECOND", "10", "POOL__LIMITS__SHARE_BURST", "10"))) {
            pool.feed.mine(1);
            MinerPeer flooding = pool.connect(0);
            MinerPeer honest = pool.connect(0);
            long flooded = flooding.openExtended("easy.flood");
            long channel = honest.openExtended("easy.honest");

            flooding.submit(flooded, 200);

            PoolScenario.await(flooding.connection.closed());
            assertThat(flooding.received(SubmitSharesError.class))
                    .extracting(SubmitSharesError::errorCode)
                    .containsExactly(Text.of("too-many-shares"));
            honest.submit(channel, 2);
            honest.awaitMessage(SubmitSharesSuccess.class, 1);
        }
    }
}
