package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.ehashpool.fixtures.Peer;
import org.ehashpool.fixtures.ScriptedMiner;
import org.ehashpool.fixtures.Sighting;
import org.ehashpool.fixtures.Sniffer;
import org.ehashpool.fixtures.Traffic;
import org.ehashpool.mining.client.ClientChannelStatus;
import org.ehashpool.sv2.codec.Sender;
import org.ehashpool.sv2.message.Common.SetupConnection;
import org.ehashpool.sv2.message.Common.SetupConnectionError;
import org.ehashpool.sv2.message.Common.SetupConnectionSuccess;
import org.ehashpool.sv2.message.ExtensionsNegotiation.RequestExtensions;
import org.ehashpool.sv2.message.ExtensionsNegotiation.RequestExtensionsSuccess;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.NewMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJob;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJobError;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesStandard;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.TemplateDistribution;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenarios of the reference implementation's integration tests, by their names there: how pool, template provider and
 * miners meet.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-apps/tree/main/integration-tests">the reference's tests</a>
 */
@Timeout(60)
class PoolConnectionScenariosTest {
    @TempDir
    private Path home;

    @Test
    @DisplayName("success_pool_template_provider_connection")
    void shouldFollowTheProtocolWhenPoolMeetsTemplateProvider() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                Sniffer sniffer = Sniffer.before(provider.url());
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), sniffer.url())) {
            Traffic traffic = sniffer.traffic();
            SetupConnection setup = traffic.from(Sender.CLIENT).await(SetupConnection.class);
            assertThat(setup.protocol()).isEqualTo(Protocol.TEMPLATE_DISTRIBUTION.number());
            assertThat(setup.flags()).isZero();
            assertThat(setup.minVersion()).isEqualTo(2);
            assertThat(setup.maxVersion()).isEqualTo(2);

            Sighting success = traffic.awaitSighting(SetupConnectionSuccess.class);
            Sighting constraints = traffic.after(success).awaitSighting(CoinbaseOutputConstraints.class);
            assertThat(traffic.from(Sender.CLIENT)
                            .after(success)
                            .before(constraints)
                            .all())
                    .as("constraints are the first message")
                    .isEmpty();
            Traffic served = traffic.from(Sender.SERVER).after(constraints);
            Sighting template = served.awaitSighting(NewTemplate.class);
            Sighting tip = served.awaitSighting(TemplateDistribution.SetNewPrevHash.class);

            assertThat(template.position()).isLessThan(tip.position());
            assertThat(served.await(NewTemplate.class).futureTemplate()).isTrue();
            assertThat(served.await(TemplateDistribution.SetNewPrevHash.class).templateId())
                    .isEqualTo(served.await(NewTemplate.class).templateId());
            assertThat(pool.url().port()).isPositive();
        }
    }

    @Test
    @DisplayName("header_timestamp_value_assertion_in_new_extended_mining_job")
    void shouldGiveTheTipsTimestampWhenJobIsNotFuture() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                Sniffer templates = Sniffer.before(provider.url());
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), templates.url());
                Sniffer jobs = Sniffer.before(pool.url());
                ScriptedMiner miner = ScriptedMiner.connect(jobs.url())) {
            long timestamp = templates
                    .traffic()
                    .await(TemplateDistribution.SetNewPrevHash.class)
                    .headerTimestamp();
            miner.openExtended(LocalPool.EASY, 8);
            Traffic later = jobs.traffic().from(Sender.SERVER).fromNow();

            provider.addTransaction();

            NewExtendedMiningJob second = later.await(NewExtendedMiningJob.class);
            assertThat(second.minNtime()).isEqualTo(OptionalLong.of(timestamp));
        }
    }

    @Test
    @DisplayName("pool_standard_channel_receives_share")
    void shouldAcknowledgeShareWhenItComesOnStandardChannel() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                Sniffer sniffer = Sniffer.before(pool.url());
                ScriptedMiner miner = ScriptedMiner.connect(sniffer.url(), Mining.REQUIRES_STANDARD_JOBS)) {
            ClientChannelStatus channel = miner.openStandard("miner");

            SubmitSharesSuccess success = miner.mine(channel.id());

            assertThat(success.newSubmitsAcceptedCount()).isEqualTo(1);
            assertOrder(
                    sniffer.traffic(),
                    SetupConnection.class,
                    SetupConnectionSuccess.class,
                    OpenStandardMiningChannel.class,
                    OpenStandardMiningChannelSuccess.class,
                    NewMiningJob.class,
                    Mining.SetNewPrevHash.class,
                    SubmitSharesStandard.class,
                    SubmitSharesSuccess.class);
            assertThat(miner.violations()).isEmpty();
        }
    }

    @SafeVarargs
    private static void assertOrder(Traffic traffic, Class<? extends Message>... types) {
        Traffic rest = traffic;
        for (Class<? extends Message> type : types) {
            rest = rest.after(rest.awaitSighting(type));
        }
    }

    @Test
    @DisplayName("pool_does_not_send_jobs_to_jdc")
    void shouldSendNoJobsWhenClientSelectsItsWork() throws Exception {
        // One event loop, so that what one miner was sent has been considered for the other as well.
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool =
                        LocalPool.startOnChain(home, Map.of("POOL__RUNTIME__EVENT_LOOPS", "1"), provider.url());
                Sniffer sniffer = Sniffer.before(pool.url());
                ScriptedMiner declarator = ScriptedMiner.connect(sniffer.url(), Mining.REQUIRES_WORK_SELECTION);
                ScriptedMiner miner = ScriptedMiner.connect(pool.url())) {
            declarator.peer().send(new OpenExtendedMiningChannel(1, Text.of(LocalPool.EASY), 1_000, U256.MAX_VALUE, 8));
            declarator.received().await(OpenExtendedMiningChannelSuccess.class);
            ClientChannelStatus channel = miner.openExtended(LocalPool.EASY, 8);

            Traffic jobs = miner.received().fromNow();
            provider.addTransaction();
            jobs.await(NewExtendedMiningJob.class);
            miner.awaitWork(channel.id(), provider.mineBlock());
            sniffer.awaitConnection().barrier();

            Traffic sent = sniffer.traffic().from(Sender.SERVER);
            sent.assertNone(NewExtendedMiningJob.class);
            sent.assertNone(NewMiningJob.class);
            sent.assertNone(Mining.SetNewPrevHash.class);
            assertThat(sniffer.traffic().await(SetupConnection.class).flags())
                    .isEqualTo(Mining.REQUIRES_WORK_SELECTION);
        }
    }

    @Test
    @DisplayName("pool_reject_setup_connection_with_non_mining_protocol")
    void shouldRefuseSetupWhenProtocolIsNotMining() throws Exception {
        assertSetupRefused(
                new SetupConnection(
                        Protocol.TEMPLATE_DISTRIBUTION.number(),
                        2,
                        2,
                        0,
                        Text.of("127.0.0.1"),
                        1212,
                        Text.EMPTY,
                        Text.EMPTY,
                        Text.EMPTY,
                        Text.EMPTY),
                "unsupported-protocol");
    }

    @Test
    @DisplayName("pool_reject_setup_connection_with_unsupported_version")
    void shouldRefuseSetupWhenVersionIsUnknown() throws Exception {
        assertSetupRefused(
                new SetupConnection(
                        Protocol.MINING.number(),
                        3,
                        7,
                        0,
                        Text.of("127.0.0.1"),
                        1212,
                        Text.EMPTY,
                        Text.EMPTY,
                        Text.EMPTY,
                        Text.EMPTY),
                "protocol-version-mismatch");
    }

    private void assertSetupRefused(SetupConnection replacement, String code) throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                Sniffer sniffer = Sniffer.before(pool.url())) {
            sniffer.on(SetupConnection.class).replace(original -> List.of(replacement));
            try (Peer client = Peer.dial(sniffer.url())) {
                client.send(Peer.setup(Protocol.MINING, 0));

                assertThat(sniffer.traffic()
                                .from(Sender.SERVER)
                                .await(SetupConnectionError.class)
                                .errorCode())
                        .isEqualTo(Text.of(code));
                client.awaitEnd();
            }
        }
    }

    @Test
    @DisplayName("pool_without_jds_rejects_set_custom_mining_job")
    void shouldRefuseCustomJobWhenThereIsNoJobDeclaration() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                ScriptedMiner client = ScriptedMiner.connect(pool.url(), Mining.REQUIRES_WORK_SELECTION)) {
            client.peer()
                    .send(new SetCustomMiningJob(
                            1,
                            7,
                            Bytes.fromHex("2a00000000000000"),
                            0,
                            U256.ZERO,
                            0,
                            0,
                            0,
                            Bytes.EMPTY,
                            0,
                            Bytes.EMPTY,
                            0,
                            List.of()));

            assertThat(client.received().await(SetCustomMiningJobError.class))
                    .isEqualTo(new SetCustomMiningJobError(1, 7, Text.of("jd-not-supported")));
        }
    }

    @Test
    @DisplayName("pool_does_not_hang_on_no_handshake")
    void shouldServeMinersWhenOthersConnectAndSayNothing() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url())) {
            for (int i = 0; i < 20; i++) {
                silent.add(
                        new Socket(InetAddress.getLoopbackAddress(), pool.url().port()));
            }
            try (ScriptedMiner miner = ScriptedMiner.connect(pool.url())) {
                ClientChannelStatus channel = miner.openStandard(LocalPool.EASY);

                assertThat(miner.mine(channel.id()).newSubmitsAcceptedCount()).isEqualTo(1);
                miner.awaitWork(channel.id(), provider.mineBlock());
            } finally {
                for (Socket socket : silent) {
                    socket.close();
                }
            }
        }
    }

    @Test
    @DisplayName("test_extension_negotiation_with_tlv_in_submit_shares")
    void shouldTakeSharesThatNameTheirWorkerWhenExtensionIsNegotiated() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                Sniffer sniffer = Sniffer.before(pool.url());
                ScriptedMiner miner = ScriptedMiner.connect(sniffer.url()).negotiate(WorkerTracking.EXTENSION)) {
            ClientChannelStatus channel = miner.openExtended(LocalPool.EASY, 8);
            Mining.FromClient share = miner.share(channel.id());

            miner.peer().send(share, List.of(WorkerTracking.userIdentity(Text.of("SRI-miner"))));
            miner.awaitAccepted(share);

            Traffic traffic = sniffer.traffic();
            assertThat(traffic.await(RequestExtensions.class).requestedExtensions())
                    .containsExactly(WorkerTracking.EXTENSION);
            assertThat(traffic.await(RequestExtensionsSuccess.class).supportedExtensions())
                    .containsExactly(WorkerTracking.EXTENSION);
            assertOrder(
                    traffic,
                    SetupConnectionSuccess.class,
                    RequestExtensions.class,
                    RequestExtensionsSuccess.class,
                    OpenExtendedMiningChannel.class,
                    OpenExtendedMiningChannelSuccess.class,
                    NewExtendedMiningJob.class,
                    SubmitSharesExtended.class,
                    SubmitSharesSuccess.class);
            assertThat(WorkerTracking.userIdentity(
                            traffic.awaitSighting(SubmitSharesExtended.class).tlvs()))
                    .contains(Text.of("SRI-miner"));
        }
    }
}
