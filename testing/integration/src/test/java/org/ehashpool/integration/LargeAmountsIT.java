package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.token.TokenCodec;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts that neither a double nor a signed long holds, from the pool's ledger into a token and back. */
@Timeout(180)
class LargeAmountsIT extends WalletScenario {

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "9223372036854775808", "18446744073709551615"})
    void shouldPassAnAmountUnchangedThroughLedgerLinkMintWalletAndToken(String amount) throws Exception {
        String mintAddress = "127.0.0.1:" + freePort();
        String key = WalletSeed.ofWords(WORDS, "").quoteKey(0).publicKey().toString();
        LocalPool pool = pool(Map.of("POOL__USERS__0__NAME", key), 1);
        LocalTranslator translator = closing(LocalTranslator.start(
                walletEnvironment("wallet", WORDS, login("translator"), mintAddress), pool.url()));
        assertThat(translator.json("/api/v1/wallet", TOKEN).path("locking_key").asText())
                .isEqualTo(key);
        mineOneShareFor(pool, key);
        // No share on this machine is worth as much.
        setAmount(amount);

        LocalMint mint = closing(LocalMint.start(
                seed(1),
                mintLogin(1),
                Map.of(
                        "MINT__PUBLIC__LISTEN", mintAddress,
                        "MINT__HTTP__TOKEN", TOKEN,
                        "MINT__ORDERING__MINT_URL", "http://" + mintAddress),
                mintUrl(pool)));
        awaitPaidOnce(1, 1);

        JsonNode order = pool.json("/api/v1/audit/orders", TOKEN).path("orders").path(0);
        assertThat(order.path("amount").asText()).isEqualTo(amount);
        assertThat(pool.json("/api/v1/keys/" + key, TOKEN)
                        .path("credited")
                        .path(0)
                        .path("amount")
                        .asText())
                .isEqualTo(amount);
        assertThat(mint.json("/api/v1/audit/quotes", TOKEN)
                        .path("quotes")
                        .path(0)
                        .path("paid")
                        .asText())
                .isEqualTo(amount);
        assertThat(text(
                        mintAddress,
                        "/v1/mint/quote/ehash/" + order.path("quote").asText()))
                .containsPattern("\"amount\" ?: ?" + amount + "[,}]");

        awaitUnspent(translator, amount);
        JsonNode sent =
                translator.post("/api/v1/wallet/send", TOKEN, "{\"amount\": \"" + amount + "\", \"unit\": \"hash\"}");
        assertThat(sent.path("amount").asText()).isEqualTo(amount);
        String token = sent.path("token").asText();
        assertThat(TokenCodec.decode(token).amount()).contains(Amount.of(new BigInteger(amount)));
        JsonNode received = translator.post(
                "/api/v1/wallet/receive",
                TOKEN,
                new ObjectMapper().createObjectNode().put("token", token).toString());
        assertThat(received.path("amount").asText()).isEqualTo(amount);
        awaitUnspent(translator, amount);
        assertThat(mint.json("/api/v1/audit/books", TOKEN).toString()).contains("\"" + amount + "\"");
    }

    private static String text(String address, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://" + address + path))
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
