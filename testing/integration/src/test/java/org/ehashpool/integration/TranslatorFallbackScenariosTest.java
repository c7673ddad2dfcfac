package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ehashpool.fixtures.Peer;
import org.ehashpool.fixtures.ScriptedPool;
import org.ehashpool.fixtures.Sniffer;
import org.ehashpool.fixtures.Traffic;
import org.ehashpool.integration.LocalTranslator.Upstream;
import org.ehashpool.mining.coinbase.Network;
import org.ehashpool.mining.coinbase.OutputScript;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.codec.Sender;
import org.ehashpool.sv2.message.Common.SetupConnectionError;
import org.ehashpool.sv2.message.Common.SetupConnectionSuccess;
import org.ehashpool.sv2.message.ExtensionsNegotiation.RequestExtensions;
import org.ehashpool.sv2.message.ExtensionsNegotiation.RequestExtensionsSuccess;
import org.ehashpool.sv2.message.Mining.CloseChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenarios of the reference implementation's integration tests of its translator, by their names there: the next pool,
 * and who we are at each.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-apps/tree/main/integration-tests">the reference's tests</a>
 */
@Timeout(90)
class TranslatorFallbackScenariosTest {
    private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
    private static final Bytes OURS =
            OutputScript.ofAddress(ADDRESS, Network.REGTEST).script();
    private static final Bytes THEIRS = Bytes.fromHex("0014ebe1b7dcc293ccaa0ee743a86f89df8258c208fc");

    /** The reference's pools are not tried again while a test runs. */
    private static final Map<String, String> NO_FAILBACK =
            Map.of("TRANSLATOR__FAILOVER__PROBE", "10m", "TRANSLATOR__FAILOVER__LONGEST_PROBE", "10m");

    @TempDir
    private Path home;

    @Test
    @DisplayName("test_translator_fallback_on_setup_connection_error")
    void shouldMineForTheNextPoolWhenTheFirstRefusesTheSetup() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                Sniffer first = Sniffer.before(pool.url());
                Sniffer second = Sniffer.before(pool.url())) {
            first.on(SetupConnectionSuccess.class)
                    .replace(success -> List.of(new SetupConnectionError(0, Text.of("Something went wrong"))));
            try (LocalTranslator translator = LocalTranslator.start(NO_FAILBACK, first.url(), second.url());
                    Sv1Miner miner = Sv1Miner.connect(translator.port(), "rig")) {
                second.traffic().await(SetupConnectionSuccess.class);
                second.traffic().await(OpenExtendedMiningChannelSuccess.class);
                assertThat(miner.mine().accepted()).isTrue();
                assertThat(translator.upstream().path("position").asInt()).isEqualTo(1);
            }
        }
    }

    @Test
    @DisplayName("test_translator_fallback_on_open_mining_message_error")
    void shouldMineForTheNextPoolWhenTheFirstRefusesChannels() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                Sniffer first = Sniffer.before(pool.url());
                Sniffer second = Sniffer.before(pool.url())) {
            first.on(OpenExtendedMiningChannelSuccess.class)
                    .replace(success ->
                            List.of(new OpenMiningChannelError(success.requestId(), Text.of("Something went wrong"))));
            try (LocalTranslator translator = LocalTranslator.start(NO_FAILBACK, first.url(), second.url())
                            .awaitServing();
                    Sv1Miner miner = Sv1Miner.connect(translator.port(), "rig")) {
                first.traffic().from(Sender.CLIENT).await(OpenExtendedMiningChannel.class);
                second.traffic().await(OpenExtendedMiningChannelSuccess.class);
                assertThat(miner.mine().accepted()).isTrue();
                assertThat(translator.upstream().path("last_failure").asText()).contains("Something went wrong");
            }
        }
    }

    @Test
    @DisplayName("test_translator_fallback_during_abrupt_disconnection")
    void shouldMineForTheNextPoolWhenTheFirstHangsUp() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                ScriptedPool primary = ScriptedPool.start();
                Sniffer second = Sniffer.before(pool.url());
                LocalTranslator translator = LocalTranslator.start(NO_FAILBACK, primary.url(), second.url())
                        .awaitServing()) {
            ScriptedChannels.client(primary).close();

            second.traffic().await(SetupConnectionSuccess.class);
            try (Sv1Miner miner = Sv1Miner.connect(translator.port(), "rig")) {
                second.traffic().await(OpenExtendedMiningChannelSuccess.class);
                assertThat(miner.mine().accepted()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("aggregated_translator_triggers_fallback_on_close_channel_message")
    void shouldTryTheNextPoolWhenTheFirstClosesTheSharedChannel() throws Exception {
        try (ScriptedPool first = ScriptedPool.start();
                ScriptedPool second = ScriptedPool.start();
                LocalTranslator translator =
                        LocalTranslator.start(LocalTranslator.AGGREGATED, first.url(), second.url());
                Sv1Miner miner = Sv1Miner.connect(translator.port(), "rig")) {
            Peer peer = ScriptedChannels.client(first);
            ScriptedChannels channels = new ScriptedChannels(peer);
            channels.grant(0, 100);
            channels.futureJob(0, 1);
            channels.block(0, 1);
            miner.awaitWork();

            peer.send(new CloseChannel(0, Text.of("")));

            ScriptedChannels next = new ScriptedChannels(ScriptedChannels.client(second));
            next.grant(7, 100);
            next.futureJob(7, 2);
            next.block(7, 2);
            assertThat(miner.awaitWork(work -> miner.works().size() > 1).clean())
                    .isTrue();
            assertThat(miner.isConnected()).isTrue();
        }
    }

    @Test
    @DisplayName("tproxy_sends_per_upstream_user_identity")
    void shouldNameTheAccountOfThePool() throws Exception {
        try (ScriptedPool pool = ScriptedPool.start();
                LocalTranslator translator = LocalTranslator.start(Map.of(), new Upstream(pool.url(), "bc1qtest"));
                Sv1Miner miner = Sv1Miner.connect(translator.port(), "farm.worker")) {
            assertThat(ScriptedChannels.client(pool)
                            .received()
                            .await(OpenExtendedMiningChannel.class)
                            .userIdentity())
                    .isEqualTo(Text.of("bc1qtest.worker"));
            assertThat(miner.isConnected()).isTrue();
        }
    }

    @Test
    @DisplayName("tproxy_per_upstream_user_identity_switches_on_fallback")
    void shouldNameTheAccountOfTheNextPoolWhenItFallsBack() throws Exception {
        try (ScriptedPool first =
                        ScriptedPool.start(setup -> new SetupConnectionError(0, Text.of("test-identity-fallback")));
                ScriptedPool second = ScriptedPool.start();
                LocalTranslator translator = LocalTranslator.start(
                        NO_FAILBACK,
                        new Upstream(first.url(), "bc1qprimary"),
                        new Upstream(second.url(), "bc1qfallback"));
                Sv1Miner miner = Sv1Miner.connect(translator.port(), "farm.worker")) {
            assertThat(ScriptedChannels.client(second)
                            .received()
                            .await(OpenExtendedMiningChannel.class)
                            .userIdentity())
                    .isEqualTo(Text.of("bc1qfallback.worker"));
            assertThat(miner.isConnected()).isTrue();
        }
    }

    @Test
    @DisplayName("test_extension_negotiation_with_tlv_in_submit_shares")
    void shouldNameTheWorkerBehindSharesWhenThePoolAgrees() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                Sniffer sniffer = Sniffer.before(pool.url());
                LocalTranslator translator = LocalTranslator.start(Map.of(), sniffer.url());
                Sv1Miner miner = Sv1Miner.connect(translator.port(), "account.SRI-miner")) {
            assertThat(miner.mine().accepted()).isTrue();

            Traffic traffic = sniffer.traffic();
            assertThat(traffic.await(RequestExtensions.class).requestedExtensions())
                    .contains(WorkerTracking.EXTENSION);
            assertThat(traffic.await(RequestExtensionsSuccess.class).supportedExtensions())
                    .contains(WorkerTracking.EXTENSION);
            assertThat(traffic.await(OpenExtendedMiningChannel.class).userIdentity())
                    .isEqualTo(Text.of("easy.SRI-miner"));
            assertThat(WorkerTracking.userIdentity(
                            traffic.awaitSighting(SubmitSharesExtended.class).tlvs()))
                    .contains(Text.of("SRI-miner"));
        }
    }

    @Test
    @DisplayName("translator_mines_when_payout_matches_address_or_donation_identity")
    void shouldMineWhenBlocksPayTheAddressOfTheIdentity() throws Exception {
        List<TransactionOutput> withFee =
                List.of(new TransactionOutput(4_955_000_000L, OURS), new TransactionOutput(45_000_000, THEIRS));
        minesFor(ADDRESS, "", withFee);
        minesFor(
                "sri/donate/10/" + ADDRESS,
                "",
                List.of(new TransactionOutput(500_000_000, THEIRS), new TransactionOutput(4_500_000_000L, OURS)));
        minesFor(ADDRESS, "2f4e657875", withFee);
    }

    private static void minesFor(String identity, String scriptEnd, List<TransactionOutput> outputs) throws Exception {
        try (ScriptedPool pool = ScriptedPool.start();
                LocalTranslator translator = LocalTranslator.start(
                        Map.of("TRANSLATOR__UPSTREAMS__0__VERIFY_PAYOUT", "true"), new Upstream(pool.url(), identity));
                Sv1Miner miner = Sv1Miner.connect(translator.port(), "farm.worker")) {
            Peer peer = ScriptedChannels.client(pool);
            ScriptedChannels channels = new ScriptedChannels(peer);
            channels.grant(0, 100);
            channels.futureJob(0, 1, Bytes.fromHex(scriptEnd), outputs);
            channels.block(0, 1);
            var _ = miner.submit(miner.awaitWork());
            peer.received().await(SubmitSharesExtended.class);
        }
    }

    @Test
    @DisplayName("translator_falls_back_when_payout_does_not_match_user_identity")
    void shouldTryTheNextPoolWhenBlocksWouldPayAnotherAddress() throws Exception {
        try (ScriptedPool first = ScriptedPool.start();
                ScriptedPool second = ScriptedPool.start();
                LocalTranslator translator = LocalTranslator.start(
                        Map.of("TRANSLATOR__UPSTREAMS__0__VERIFY_PAYOUT", "true"),
                        new Upstream(first.url(), ADDRESS),
                        new Upstream(second.url(), ADDRESS));
                Sv1Miner miner = Sv1Miner.connect(translator.port(), "farm.worker")) {
            Peer peer = ScriptedChannels.client(first);
            ScriptedChannels channels = new ScriptedChannels(peer);
            channels.grant(0, 100);
            channels.futureJob(0, 1, Bytes.EMPTY, List.of(new TransactionOutput(5_000_000_000L, THEIRS)));

            new ScriptedChannels(ScriptedChannels.client(second)).awaitRequest();
            peer.awaitEnd();
            peer.received().assertNone(SubmitSharesExtended.class);
            assertThat(miner.works()).isEmpty();
            await().until(() ->
                    translator.upstream().path("last_failure").asText().contains("would pay us 0"));
        }
    }
}
