package org.ehashpool.mint.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.mint.api.socket.SocketConfig;
import org.ehashpool.mint.store.StoredQuote;
import org.junit.jupiter.api.Test;

/** Subscriptions. */
final class WalletSocketIT extends ApiScenario {

    @Override
    protected PublicConfig config() {
        return config(new SocketConfig(2, 3, 4, 5, 1_000, ByteSize.parse("256KiB"), Duration.ofMillis(100)));
    }

    @Test
    void shouldAcknowledgeThenTellThePresentStateThenChangesWhenAQuoteIsWatched() throws Exception {
        StoredQuote quote = paidQuote(8);
        SocketWallet wallet = connect();

        wallet.subscribe(1, "mine", "ehash_mint_quote", quote.id().toString());

        assertThat(wallet.next())
                .hasToString("{\"jsonrpc\":\"2.0\",\"result\":{\"status\":\"OK\",\"subId\":\"mine\"},\"id\":1}");
        JsonNode present = wallet.next();
        assertThat(present.path("method").asText()).isEqualTo("subscribe");
        assertThat(present.path("params").path("subId").asText()).isEqualTo("mine");
        assertThat(SocketWallet.payload(present).path("state").asText()).isEqualTo("PAID");
        mint(quote);
        JsonNode changed = SocketWallet.payload(wallet.next());
        assertThat(changed.path("state").asText()).isEqualTo("ISSUED");
        assertThat(changed.path("quote").asText()).isEqualTo(quote.id().toString());
        wallet.hearsNothing();
    }

    @Test
    void shouldTellThatProofsAreSpentWhenTheyAreWatched() throws Exception {
        List<Proof> proofs = minted(4, 2);
        String y = proofs.getFirst().y().toString();
        SocketWallet wallet = connect();

        wallet.subscribe(7, "spent?", "proof_state", y.toUpperCase(Locale.ROOT), y);

        assertThat(wallet.next().path("id").asInt()).isEqualTo(7);
        assertThat(SocketWallet.payload(wallet.next()))
                .hasToString("{\"Y\":\"" + y + "\",\"state\":\"UNSPENT\",\"witness\":null}");
        done(post("/v1/swap", "{\"inputs\":%s,\"outputs\":%s}".formatted(proofs(proofs), array(outputs(4, 2)))));
        assertThat(SocketWallet.payload(wallet.next()).path("state").asText()).isEqualTo("SPENT");
        wallet.hearsNothing();
    }

    @Test
    void shouldTellWhatAnotherProcessChangedWhenItLooksAgain() throws Exception {
        StoredQuote quote = paidQuote(8);
        SocketWallet wallet = connect();
        wallet.subscribe(1, "a", "ehash_mint_quote", quote.id().toString());
        wallet.next();
        wallet.next();

        payBehindItsBack(quote);

        assertThat(SocketWallet.payload(wallet.next()).path("amount_paid").asInt())
                .isEqualTo(9);
        wallet.hearsNothing();
    }

    @Test
    void shouldTellNothingMoreWhenASubscriptionIsEnded() throws Exception {
        StoredQuote quote = paidQuote(8);
        SocketWallet wallet = connect();
        wallet.subscribe(1, "a", "ehash_mint_quote", quote.id().toString());
        wallet.next();
        wallet.next();

        wallet.send("{\"jsonrpc\":\"2.0\",\"method\":\"unsubscribe\",\"params\":{\"subId\":\"a\"},\"id\":2}");

        assertThat(wallet.next())
                .hasToString("{\"jsonrpc\":\"2.0\",\"result\":{\"status\":\"OK\",\"subId\":\"a\"},\"id\":2}");
        mint(quote);
        wallet.hearsNothing();
        wallet.send("{\"jsonrpc\":\"2.0\",\"method\":\"unsubscribe\",\"params\":{\"subId\":\"a\"},\"id\":3}");
        assertThat(wallet.next().path("error").path("code").asInt()).isEqualTo(-32602);
    }

    @Test
    void shouldRefuseAndGoOnWhenACommandIsWrong() throws Exception {
        String id = paidQuote(8).id().toString();
        SocketWallet wallet = connect();

        wallet.send("no JSON");
        assertThat(wallet.next().path("error").path("code").asInt()).isEqualTo(-32700);
        wallet.send("{\"id\":4,\"method\":\"subscribe\"}");
        JsonNode refusal = wallet.next();
        assertThat(refusal.path("error").path("code").asInt()).isEqualTo(-32602);
        assertThat(refusal.path("id").asInt()).isEqualTo(4);
        wallet.send("{\"id\":4,\"method\":\"nonesuch\",\"params\":{\"subId\":\"b\"}}");
        assertThat(wallet.next().path("error").path("code").asInt()).isEqualTo(-32601);
        wallet.send("{\"id\":4,\"params\":{\"subId\":\"b\"}}");
        assertThat(wallet.next().path("error").path("code").asInt()).isEqualTo(-32600);
        wallet.send("{\"id\":4,\"id\":4}");
        assertThat(wallet.next().path("error").path("message").asText()).isEqualTo("a member is there twice");
        wallet.refused("a kind of another mint", 5, "b", "bolt11_mint_quote", id);
        wallet.refused("no id", 6, "b", "ehash_mint_quote", "x");
        wallet.refused("no point", 7, "b", "proof_state", "02");
        wallet.refused("no filter", 8, "b", "proof_state");
        wallet.subscribe(9, "a", "ehash_mint_quote", id);
        assertThat(wallet.next().path("result").path("status").asText()).isEqualTo("OK");
        wallet.next();
        wallet.refused("a name in use", 10, "a", "ehash_mint_quote", id);
    }

    @Test
    void shouldRefuseMoreWhenLimitsAreReached() throws Exception {
        SocketWallet one = connect();
        SocketWallet other = connect();
        assertThat(server().open()).isEqualTo(2);
        CompletableFuture<WebSocket> third = client().newWebSocketBuilder()
                .buildAsync(URI.create(url("/v1/ws").toString().replace("http", "ws")), new WebSocket.Listener() {});
        assertThat(third).failsWithin(Duration.ofSeconds(10));

        one.refused("too many filters", 1, "a", "ehash_mint_quote", id(1), id(2), id(3), id(4), id(5));
        for (int i = 0; i < 3; i++) {
            one.subscribe(i, "s" + i, "ehash_mint_quote", id(i));
            assertThat(one.next().path("result").path("status").asText()).isEqualTo("OK");
        }
        one.refused("too many subscriptions", 4, "s4", "ehash_mint_quote", id(4));
        other.refused("too many filters of one address", 1, "a", "ehash_mint_quote", id(1), id(2), id(3));
        one.socket().sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(10, TimeUnit.SECONDS);
        await().untilAsserted(() -> assertThat(server().open()).isEqualTo(1));
        other.subscribe(2, "a", "ehash_mint_quote", id(1), id(2), id(3));
        assertThat(other.next().path("result").path("status").asText()).isEqualTo("OK");
    }

    @Test
    void shouldForgetEverythingWhenAWalletIsGone() throws Exception {
        SocketWallet wallet = connect();
        wallet.subscribe(1, "a", "ehash_mint_quote", paidQuote(1).id().toString());
        wallet.next();
        wallet.next();
        assertThat(server().watched()).isEqualTo(1);

        wallet.socket().abort();

        await().untilAsserted(() -> {
            assertThat(server().watched()).isZero();
            assertThat(server().open()).isZero();
        });
    }

    @Test
    void shouldStayOpenBeyondTheIdleTimeoutWhenTheWalletAnswersPings() throws Exception {
        SocketWallet wallet = connect();

        await().during(Duration.ofSeconds(7)).atMost(Duration.ofSeconds(20)).until(() -> server().open() == 1);

        StoredQuote quote = paidQuote(1);
        wallet.subscribe(1, "a", "ehash_mint_quote", quote.id().toString());
        assertThat(wallet.next().path("result").path("status").asText()).isEqualTo("OK");
    }

    private static String id(int number) {
        return "0192f3a4-7b3c-7d5e-8f6a-00000000000" + number;
    }

    private void mint(StoredQuote quote) throws Exception {
        List<BlindedMessage> outputs = outputs(8);
        done(post(
                "/v1/mint/ehash",
                "{\"quote\":\"%s\",\"outputs\":%s,\"signature\":\"%s\"}"
                        .formatted(quote.id(), array(outputs), signature(quote, outputs))));
    }
}
