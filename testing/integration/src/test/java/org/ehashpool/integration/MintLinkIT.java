package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.ehashpool.fixtures.Peer;
import org.ehashpool.fixtures.ScriptedMiner;
import org.ehashpool.fixtures.Sniffer;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.sv2.message.Common.SetupConnectionError;
import org.ehashpool.sv2.message.Common.SetupConnectionSuccess;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.MintQuote.MintIdentify;
import org.ehashpool.sv2.message.MintQuote.MintIdentifyError;
import org.ehashpool.sv2.message.MintQuote.MintQuoteResponse;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pool and mints, as they are, on one machine: who talks to whom, and what becomes of shares meanwhile. */
@Timeout(120)
class MintLinkIT extends QuoteScenario {

    @Test
    void shouldQuoteEveryShareWhenTheMintFailsAndReconnects() throws Exception {
        LocalPool pool = pool(1);
        Wire wire = closing(Wire.to(mintUrl(pool)));
        LocalMint mint = mint(1, wire.url());
        awaitLinked(mint);
        assertThat(mint.pool(0).path("negotiated").path("version").asInt()).isEqualTo(2);
        assertThat(mint.pool(0).path("negotiated").path("protocol").asInt()).isEqualTo(3);
        Rig rig = mine(pool, 5);
        wire.cut();
        await().until(() -> !mint.pool(0).has("negotiated"));
        assertThat(mint.pool(0).path("last_failure").asText()).isNotEmpty();
        rig.mine(5);
        await().until(() -> pool.json("/api/v1/outbox").path("shares_waiting").asInt() >= 5);
        wire.mend();
        awaitLinked(mint);
        awaitPaidOnce(10, 1);
        wire.loseFromServer(true);
        rig.mine(5);
        await().atMost(Duration.ofSeconds(40)).until(() -> !mint.pool(0).has("negotiated"));
        wire.loseFromServer(false);
        awaitPaidOnce(15, 1);
        assertThat(pool.metric("ehash_pool_outbox_orders_refused_total")).isZero();
    }

    @Test
    void shouldQuoteEveryShareAcrossARestartOfThePool() throws Exception {
        LocalPool pool = pool(1);
        Sv2Url url = mintUrl(pool);
        LocalMint mint = mint(1, url);
        awaitLinked(mint);
        mine(pool, 5);
        mint.stop();
        closed(mint);
        mine(pool, 5);
        closed(pool).stop();
        LocalMint back = mint(1, url);
        assertThat(back.pool(0).has("negotiated")).isFalse();

        LocalPool again = pool(1);
        awaitLinked(back);
        mine(again, 5);
        awaitPaidOnce(15, 1);
    }

    @Test
    void shouldTellMintAndJobDeclaratorClientApartWhenTheyConnectAtTheSameMoment() throws Exception {
        LocalPool pool = pool(1);
        CompletableFuture<ScriptedMiner> client = CompletableFuture.supplyAsync(() -> {
            try {
                return ScriptedMiner.connect(pool.url(), Mining.REQUIRES_WORK_SELECTION);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        LocalMint mint = mint(1, mintUrl(pool));
        closing(client.get());
        awaitLinked(mint);
        JsonNode miner = pool.json("/api/v1/connections").path("connections").path(0);
        JsonNode link = pool.json("/api/v1/mints")
                .path("mints")
                .path(0)
                .path("connections")
                .path(0);
        assertThat(miner.path("kind").asText()).isEqualTo("jd_client");
        assertThat(link.path("kind").asText()).isEqualTo("mint");
        assertThat(link.path("connection_id").asLong())
                .isPositive()
                .isNotEqualTo(miner.path("id").asLong());
        assertThat(pool.json("/api/v1/connections").path("connections")).hasSize(1);
    }

    @Test
    void shouldShareTheLoadAmongMints() throws Exception {
        LocalPool pool = pool(1, 2);
        for (int number = 1; number <= 2; number++) {
            awaitLinked(mint(number, mintUrl(pool)));
        }
        mine(pool, 200);
        awaitPaidOnce(200, 1, 2);
        for (int number = 1; number <= 2; number++) {
            assertThat(number(mintLogin(number), "select count(*) from mint.mint_quote")
                            .intValueExact())
                    .isBetween(50, 150);
        }
    }

    @Test
    void shouldShowNoPlaintextOnTheWire() throws Exception {
        LocalPool pool = pool(1);
        Wire wire = closing(Wire.to(mintUrl(pool)));
        awaitLinked(mint(1, wire.url()));
        mine(pool, 3);
        awaitPaidOnce(3, 1);
        String seen = HexFormat.of().formatHex(wire.seen());
        assertThat(seen).hasSizeGreaterThan(2_000);
        for (String plain : List.of(LocalMint.URL, "hash", "ehash")) {
            assertThat(seen).doesNotContain(HexFormat.of().formatHex(plain.getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(seen)
                .doesNotContain(MINER.substring(2))
                .doesNotContain(identity(1).publicKey().toString().substring(2))
                .doesNotContain(HexFormat.of().formatHex("ehashpool".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldRefuseAMintWithTheWrongKey() throws Exception {
        LocalPool pool = pool(1);
        identity(2);
        LocalMint stranger = mint(2, mintUrl(pool));
        await().until(() -> stranger.pool(0).path("last_failure").asText().contains("unknown-mint-key"));
        assertThat(stranger.pool(0).has("negotiated")).isFalse();
        assertThat(pool.json("/api/v1/mints").path("mints").path(0).path("connections"))
                .isEmpty();
    }

    @Test
    void shouldRefuseAPoolWithTheWrongKey() throws Exception {
        LocalPool pool = pool(1);
        Sv2Url real = mintUrl(pool);
        // Somebody else's key at the pool's address.
        Sniffer other = closing(Sniffer.before(real));
        LocalMint mint =
                mint(1, new Sv2Url(real.host(), real.port(), other.url().authority()));
        await().until(() -> mint.pool(0).path("last_failure").asText().contains("certificate"));
        assertThat(pool.json("/api/v1/mints").path("mints").path(0).path("connections"))
                .isEmpty();
    }

    @Test
    void shouldRefuseAManInTheMiddle() throws Exception {
        LocalPool pool = pool(1);
        Sniffer man = closing(Sniffer.before(mintUrl(pool)));
        // He pretends to be the pool, with a key of his own: the mint does not speak to him.
        Sv2Url pretended =
                new Sv2Url("127.0.0.1", man.url().port(), mintUrl(pool).authority());
        LocalMint careful = mint(1, pretended);
        await().until(() -> careful.pool(0).path("last_failure").asText().contains("certificate"));
        assertThat(man.traffic().all()).isEmpty();
        closed(careful).stop();
        // Even a mint that believes him does not help him: its proof is of its connection with him.
        LocalMint deceived = mint(1, man.url());
        await().until(() -> deceived.pool(0).path("last_failure").asText().contains("invalid-signature"));
        man.traffic().await(MintIdentifyError.class);
        assertThat(pool.json("/api/v1/mints").path("mints").path(0).path("connections"))
                .isEmpty();
    }

    @Test
    void shouldRefuseAReplayedIntroduction() throws Exception {
        LocalPool pool = pool(1);
        Sniffer man = closing(Sniffer.before(mintUrl(pool)));
        mint(1, man.url());
        MintIdentify heard = man.traffic().await(MintIdentify.class);
        try (Peer replay = Peer.dial(mintUrl(pool))) {
            replay.send(Peer.setup(Protocol.MINT_QUOTE, 0));
            replay.received().await(SetupConnectionSuccess.class);
            replay.send(heard);
            assertThat(replay.received().await(MintIdentifyError.class).errorCode())
                    .isEqualTo(Text.of("invalid-signature"));
            replay.awaitEnd();
        }
    }

    @Test
    void shouldHearNobodyWhoHasNotProvedToBeAMint() throws Exception {
        LocalPool pool = pool(1);
        Sv2Url url = mintUrl(pool);
        try (Peer stranger = Peer.dial(url)) {
            stranger.send(Peer.setup(Protocol.MINT_QUOTE, 0));
            stranger.received().await(SetupConnectionSuccess.class);
            stranger.send(new MintQuoteResponse(1, U256.of(1), Text.of("quote"), 1));
            stranger.awaitEnd();
        }
        try (Peer miner = Peer.dial(url)) {
            miner.send(Peer.setup(Protocol.MINING, 0));
            assertThat(miner.received().await(SetupConnectionError.class).errorCode())
                    .isEqualTo(Text.of("unsupported-protocol"));
        }
        try (Peer flags = Peer.dial(url)) {
            flags.send(Peer.setup(Protocol.MINT_QUOTE, 5));
            SetupConnectionError error = flags.received().await(SetupConnectionError.class);
            assertThat(error.errorCode()).isEqualTo(Text.of("unsupported-feature-flags"));
            assertThat(error.flags()).isEqualTo(5);
        }
    }

    @Test
    void shouldTellMinersOfMintsAndQuotes() throws Exception {
        LocalPool pool = pool(1);
        ScriptedMiner miner = closing(ScriptedMiner.connect(pool.url()));
        miner.negotiate(Ehash.EXTENSION);
        assertThat(miner.received().await(Ehash.EhashMints.class).mints()).isEmpty();
        awaitLinked(mint(1, mintUrl(pool)));
        Ehash.EhashMints mints = miner.received()
                .await(Ehash.EhashMints.class, announced -> !announced.mints().isEmpty());
        assertThat(mints.mints()).singleElement().satisfies(mint -> {
            assertThat(mint.mintUrl()).isEqualTo(Text.of(LocalMint.URL));
            assertThat(mint.unit()).isEqualTo(Text.of("hash"));
            assertThat(mint.publicKey().toByteArray())
                    .isEqualTo(identity(1).publicKey().x());
        });
        long channel = miner.openExtended(MINER + ".rig", 8).id();
        miner.mine(channel);
        Ehash.EhashQuoteCreated created = miner.received().await(Ehash.EhashQuoteCreated.class);
        assertThat(created.channelId()).isEqualTo(channel);
        assertThat(created.mintUrl()).isEqualTo(Text.of(LocalMint.URL));
        awaitPaidOnce(1, 1);
        assertThat(created.quoteId().toString()).matches("[0-9a-f-]{36}");
        assertThat(created.shareCount()).isOne();
    }
}
