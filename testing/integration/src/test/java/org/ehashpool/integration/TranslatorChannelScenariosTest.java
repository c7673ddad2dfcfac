package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehashpool.fixtures.Peer;
import org.ehashpool.fixtures.ScriptedPool;
import org.ehashpool.fixtures.Sighting;
import org.ehashpool.fixtures.Sniffer;
import org.ehashpool.fixtures.Traffic;
import org.ehashpool.sv2.codec.Sender;
import org.ehashpool.sv2.message.Mining.CloseChannel;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.SetGroupChannel;
import org.ehashpool.sv2.message.Mining.SetNewPrevHash;
import org.ehashpool.sv2.message.Mining.SetTarget;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.message.Mining.UpdateChannel;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenarios of the reference implementation's integration tests of its translator, by their names there: channels.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-apps/tree/main/integration-tests">the reference's tests</a>
 */
@Timeout(90)
class TranslatorChannelScenariosTest {
    private static final int MINERS = 6;

    @TempDir
    private Path home;

    @Test
    @DisplayName("translate_sv1_to_sv2_successfully")
    void shouldTranslateWhenMinerMines() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                Sniffer sniffer = Sniffer.before(pool.url());
                LocalTranslator translator = LocalTranslator.start(LocalTranslator.PER_MINER, sniffer.url());
                Sv1Miner miner = Sv1Miner.connect(translator.port(), "rig.one")) {
            assertThat(miner.mine()).isEqualTo(new Sv1Miner.Answer(true, 0, ""));

            Traffic traffic = sniffer.traffic();
            Sighting opened = traffic.awaitSighting(OpenExtendedMiningChannelSuccess.class);
            Sighting share = traffic.after(opened).awaitSighting(SubmitSharesExtended.class);
            traffic.after(share).await(SubmitSharesSuccess.class);
            assertThat(translator.upstream().path("shares").path("accepted").asInt())
                    .isBetween(0, 1);
        }
    }

    @Test
    @DisplayName("aggregated_translator_does_not_send_update_channel_before_channel_opens")
    void shouldNotUpdateAChannelBeforeItIsOpen() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                Sniffer sniffer = Sniffer.before(pool.url())) {
            sniffer.on(OpenExtendedMiningChannel.class).drop();
            try (LocalTranslator translator = LocalTranslator.start(LocalTranslator.AGGREGATED, sniffer.url())
                    .awaitServing()) {
                try (Sv1Miner miner = Sv1Miner.connect(translator.port(), "rig")) {
                    sniffer.traffic().await(OpenExtendedMiningChannel.class);
                    assertThat(miner.works()).isEmpty();
                }
                await().until(() -> translator.upstream().path("places").asInt() == 0);
                sniffer.awaitConnection().barrier();
                sniffer.traffic().assertNone(UpdateChannel.class);
            }
        }
    }

    @Test
    @DisplayName("aggregated_translator_correctly_deals_with_group_channels")
    void shouldMineForTheGroupOnItsOneChannelWhenAggregated() throws Exception {
        minesForTheGroup(LocalTranslator.AGGREGATED, 1);
    }

    @Test
    @DisplayName("non_aggregated_translator_correctly_deals_with_group_channels")
    void shouldMineForTheGroupOnAllChannelsWhenEachMinerHasOne() throws Exception {
        minesForTheGroup(LocalTranslator.PER_MINER, MINERS);
    }

    private void minesForTheGroup(Map<String, String> mode, int channels) throws Exception {
        List<Sv1Miner> miners = new ArrayList<>();
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                Sniffer sniffer = Sniffer.before(pool.url());
                LocalTranslator translator = LocalTranslator.start(mode, sniffer.url())) {
            for (int i = 0; i < MINERS; i++) {
                miners.add(Sv1Miner.connect(translator.port(), "rig" + i));
                assertThat(miners.getLast().mine().accepted()).isTrue();
            }
            List<OpenExtendedMiningChannelSuccess> opened =
                    sniffer.traffic().all(OpenExtendedMiningChannelSuccess.class);
            assertThat(opened).hasSize(channels);
            long group = opened.getFirst().groupChannelId();

            Traffic afterwards = sniffer.traffic().fromNow();
            List<Integer> before =
                    miners.stream().map(miner -> miner.works().size()).toList();
            provider.addTransaction();
            assertThat(afterwards.await(NewExtendedMiningJob.class).channelId()).isEqualTo(group);
            allMine(miners, before, afterwards.await(NewExtendedMiningJob.class).jobId(), afterwards, opened);

            Traffic afterBlock = sniffer.traffic().fromNow();
            List<Integer> beforeBlock =
                    miners.stream().map(miner -> miner.works().size()).toList();
            provider.mineBlock();
            SetNewPrevHash tip = afterBlock.await(SetNewPrevHash.class);
            assertThat(tip.channelId()).isEqualTo(group);
            allMine(miners, beforeBlock, tip.jobId(), afterBlock, opened);
            assertThat(miners)
                    .allMatch(miner ->
                            miner.works().getLast().clean() || miner.works().size() > 2);
        } finally {
            miners.forEach(Sv1Miner::close);
        }
    }

    private static void allMine(
            List<Sv1Miner> miners,
            List<Integer> before,
            long job,
            Traffic traffic,
            List<OpenExtendedMiningChannelSuccess> opened)
            throws Exception {
        for (int i = 0; i < miners.size(); i++) {
            int seen = before.get(i);
            Sv1Miner miner = miners.get(i);
            miner.awaitWork(work -> miner.works().size() > seen);
            assertThat(miner.mine().accepted()).isTrue();
        }
        Set<Long> channels = new HashSet<>();
        for (SubmitSharesExtended share : traffic.await(SubmitSharesExtended.class, miners.size())) {
            assertThat(share.jobId()).isGreaterThanOrEqualTo(job);
            channels.add(share.channelId());
        }
        assertThat(channels)
                .containsExactlyInAnyOrderElementsOf(opened.stream()
                        .map(OpenExtendedMiningChannelSuccess::channelId)
                        .toList());
    }

    @Test
    @DisplayName("non_aggregated_translator_handles_set_group_channel_message")
    void shouldWorkForTheNewGroupWhenChannelsAreMoved() throws Exception {
        long first = 100;
        long second = 200;
        List<Sv1Miner> miners = new ArrayList<>();
        try (ScriptedPool pool = ScriptedPool.start();
                LocalTranslator translator = LocalTranslator.start(LocalTranslator.PER_MINER, pool.url())) {
            Peer peer = ScriptedChannels.client(pool);
            ScriptedChannels channels = new ScriptedChannels(peer);
            for (int i = 0; i < MINERS; i++) {
                miners.add(Sv1Miner.connect(translator.port(), "rig" + i));
                channels.grant(i, first);
                channels.futureJob(i, 1);
                channels.block(i, 1);
                miners.getLast().awaitWork();
            }
            peer.send(new SetGroupChannel(second, List.of(0L, 2L, 4L)));
            channels.futureJob(second, 2);
            channels.block(second, 2);
            for (int i = 0; i < MINERS; i++) {
                Sv1Miner miner = miners.get(i);
                int expected = i % 2 == 0 ? 2 : 1;
                miner.awaitWork(work -> miner.works().size() >= expected);
                var _ = miner.submit(miner.works().getLast());
            }

            List<SubmitSharesExtended> shares = peer.received().await(SubmitSharesExtended.class, MINERS);
            assertThat(shares)
                    .allSatisfy(share -> assertThat(share.jobId()).isEqualTo(share.channelId() % 2 == 0 ? 2 : 1));
        } finally {
            miners.forEach(Sv1Miner::close);
        }
    }

    @Test
    @DisplayName("non_aggregated_translator_correctly_deals_with_close_channel_message")
    void shouldSubmitNothingOnAChannelWhenItWasClosed() throws Exception {
        long group = 100;
        List<Sv1Miner> miners = new ArrayList<>();
        try (ScriptedPool pool = ScriptedPool.start();
                LocalTranslator translator = LocalTranslator.start(LocalTranslator.PER_MINER, pool.url())) {
            Peer peer = ScriptedChannels.client(pool);
            ScriptedChannels channels = new ScriptedChannels(peer);
            for (int i = 0; i < 3; i++) {
                miners.add(Sv1Miner.connect(translator.port(), "rig" + i));
                channels.grant(i, group);
                channels.futureJob(i, 1);
                channels.block(i, 1);
                var _ = miners.getLast().submit(miners.getLast().awaitWork());
            }
            peer.received().await(SubmitSharesExtended.class, 3);

            peer.send(new CloseChannel(0, Text.of("")));
            await().until(() -> translator.upstream().path("channels_open").asInt() == 2);
            Traffic later = peer.received().fromNow();
            assertThat(Sv1Miner.result(miners.get(0).submit(miners.get(0).awaitWork()))
                            .accepted())
                    .isFalse();
            for (int i = 0; i < 5; i++) {
                var _ = miners.get(1).submit(miners.get(1).awaitWork());
                var _ = miners.get(2).submit(miners.get(2).awaitWork());
            }
            later.await(SubmitSharesExtended.class, 10);
            later.assertNone(SubmitSharesExtended.class, share -> share.channelId() == 0);

            peer.send(new CloseChannel(group, Text.of("")));
            await().until(() -> translator.upstream().path("channels_open").asInt() == 0);
            Traffic last = peer.received().fromNow();
            for (Sv1Miner miner : miners) {
                assertThat(Sv1Miner.result(miner.submit(miner.awaitWork())).accepted())
                        .isFalse();
            }
            last.assertNone(SubmitSharesExtended.class);
            assertThat(miners).allMatch(Sv1Miner::isConnected);
        } finally {
            miners.forEach(Sv1Miner::close);
        }
    }

    @Test
    @DisplayName("translator_does_not_shutdown_on_missing_downstream_channel")
    void shouldGoOnWhenAMessageIsForNoChannelOfOurs() throws Exception {
        try (ScriptedPool pool = ScriptedPool.start();
                LocalTranslator translator = LocalTranslator.start(LocalTranslator.PER_MINER, pool.url());
                Sv1Miner miner = Sv1Miner.connect(translator.port(), "rig")) {
            Peer peer = ScriptedChannels.client(pool);
            ScriptedChannels channels = new ScriptedChannels(peer);
            channels.grant(0, 100);
            channels.futureJob(0, 1);
            channels.block(0, 1);
            miner.awaitWork();

            peer.send(new SetTarget(5, U256.ZERO));
            var answer = miner.submit(miner.awaitWork());
            peer.received().await(SubmitSharesExtended.class);
            peer.send(new SubmitSharesSuccess(0, 0, 1, 1));

            assertThat(Sv1Miner.result(answer).accepted()).isTrue();
            assertThat(peer.hasEnded()).isFalse();
        }
    }

    @Test
    @DisplayName("aggregated_translator_handles_downstream_connecting_during_future_job")
    void shouldGiveWorkToAMinerThatCameBetweenFutureJobAndBlock() throws Exception {
        try (ScriptedPool pool = ScriptedPool.start();
                LocalTranslator translator = LocalTranslator.start(LocalTranslator.AGGREGATED, pool.url());
                Sv1Miner first = Sv1Miner.connect(translator.port(), "rig1")) {
            Peer peer = ScriptedChannels.client(pool);
            ScriptedChannels channels = new ScriptedChannels(peer);
            channels.grant(2, 1);
            channels.futureJob(2, 1);
            try (Sv1Miner second = Sv1Miner.connect(translator.port(), "rig2")) {
                await().until(() -> translator.upstream().path("places").asInt() == 2);
                channels.block(2, 1);
                var _ = first.submit(first.awaitWork());
                var _ = second.submit(second.awaitWork());

                List<SubmitSharesExtended> shares = peer.received().await(SubmitSharesExtended.class, 2);
                assertThat(shares.get(0).extranonce())
                        .isNotEqualTo(shares.get(1).extranonce());
            }
        }
    }

    @Test
    @DisplayName("tproxy_sends_single_open_extended_mining_channel_in_aggregated_mode")
    void shouldAskForOneChannelWhenManyMinersComeAtOnce() throws Exception {
        List<Sv1Miner> miners = new ArrayList<>();
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                Sniffer sniffer = Sniffer.before(pool.url());
                LocalTranslator translator = LocalTranslator.start(LocalTranslator.AGGREGATED, sniffer.url())) {
            for (int i = 0; i < 10; i++) {
                miners.add(Sv1Miner.connect(translator.port(), "rig" + i));
            }
            for (Sv1Miner miner : miners) {
                assertThat(miner.mine().accepted()).isTrue();
            }
            sniffer.awaitConnection().barrier();
            assertThat(sniffer.traffic().from(Sender.CLIENT).all(OpenExtendedMiningChannel.class))
                    .hasSize(1);
        } finally {
            miners.forEach(Sv1Miner::close);
        }
    }

    @Test
    @DisplayName("multiple_tproxy_sessions")
    void shouldServeTwoTranslatorsOfOneProcess() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                LocalTranslator one = LocalTranslator.start(LocalTranslator.AGGREGATED, pool.url());
                LocalTranslator two = LocalTranslator.start(LocalTranslator.AGGREGATED, pool.url());
                Sv1Miner first = Sv1Miner.connect(one.port(), "rig1");
                Sv1Miner second = Sv1Miner.connect(two.port(), "rig2")) {
            assertThat(first.mine().accepted()).isTrue();
            assertThat(second.mine().accepted()).isTrue();
        }
    }

    @Test
    @DisplayName("test_translator_keepalive_job_sent_and_share_received_by_pool")
    void shouldHaveSharesOfAKeepAliveJobAccepted() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                LocalTranslator translator =
                        LocalTranslator.start(Map.of("TRANSLATOR__SV1__KEEP_ALIVE", "1s"), pool.url());
                Sv1Miner miner = Sv1Miner.connect(translator.port(), "rig")) {
            Sv1Miner.Work first = miner.awaitWork();
            Sv1Miner.Work second = miner.awaitWork(work -> !work.job().equals(first.job()));
            assertThat(second.previousHash()).isEqualTo(first.previousHash());
            assertThat(miner.mine().accepted()).isTrue();
            assertThat(Sv1Miner.result(miner.submit(first)).accepted()).isTrue();
        }
    }

    @Test
    @DisplayName("pool_does_not_hang_on_no_handshake")
    void shouldBeServedWhenAnotherClientOfThePoolSaysNothing() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                Socket silent =
                        new Socket(InetAddress.getLoopbackAddress(), pool.url().port());
                LocalTranslator translator = LocalTranslator.start(LocalTranslator.PER_MINER, pool.url());
                Sv1Miner miner = Sv1Miner.connect(translator.port(), "rig")) {
            assertThat(miner.mine().accepted()).isTrue();
            silent.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
            assertThat(isHungUpOn(silent)).isTrue();
        }
    }

    private static boolean isHungUpOn(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketException reset) {
            return true;
        }
    }
}
