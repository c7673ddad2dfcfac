package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.token.TokenCodec;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.ehashpool.fixtures.ScriptedMiner;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts that neither a double nor a signed long holds, from the pool's ledger into a token and back. */
@Timeout(180)
class LargeAmountsIT extends QuoteScenario {
    private static final String TOKEN = "a-token-for-tests";
    private static final String WORDS =
            "half depart obvious quality work element tank gorilla view sugar picture humble";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "9223372036854775808", "18446744073709551615"})
    void shouldPassAnAmountUnchangedThroughLedgerLinkMintWalletAndToken(String amount) throws Exception {
        String mintAddress = "127.0.0.1:" + freePort();
        String key = WalletSeed.ofWords(WORDS, "").quoteKey(0).publicKey().toString();
        LocalPool pool = pool(Map.of("POOL__USERS__0__NAME", key), 1);
        LocalTranslator translator = closing(LocalTranslator.start(walletEnvironment(mintAddress), pool.url()));
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

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    private Map<String, String> walletEnvironment(String mintAddress) throws IOException {
        Path seed = Files.createFile(
                home.resolve("wallet-seed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(seed, WORDS + "\n");
        PostgresLogin login = login("translator");
        Map<String, String> environment = new HashMap<>();
        environment.put("TRANSLATOR__WALLET__SEED_FILE", seed.toString());
        environment.put("TRANSLATOR__HTTP__TOKEN", TOKEN);
        environment.put("TRANSLATOR__WALLET__ENABLED", "true");
        environment.put("TRANSLATOR__WALLET__MINTS__0", "http://" + mintAddress);
        environment.put("TRANSLATOR__WALLET__DATABASE__URL", login.url());
        environment.put("TRANSLATOR__WALLET__DATABASE__USER", login.user());
        environment.put("TRANSLATOR__WALLET__DATABASE__PASSWORD", login.password());
        return environment;
    }

    private void mineOneShareFor(LocalPool pool, String key) throws Exception {
        ScriptedMiner miner = closing(ScriptedMiner.connect(pool.url()));
        miner.mine(miner.openExtended(key + ".rig", 8).id());
        await().until(() -> number(login("pool"), "select count(*) from pool.share where amount is not null")
                .equals(BigInteger.ONE));
    }

    private void setAmount(String amount) throws SQLException {
        PostgresLogin login = login("pool");
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password())) {
            for (String table : new String[] {"share", "carry"}) {
                try (PreparedStatement statement =
                        connection.prepareStatement("update pool." + table + " set amount = ?::numeric")) {
                    statement.setString(1, amount);
                    assertThat(statement.executeUpdate()).isOne();
                }
            }
        }
    }

    private static void awaitUnspent(LocalTranslator translator, String amount) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(translator
                                .json("/api/v1/wallet", TOKEN)
                                .path("balances")
                                .path(0)
                                .path("unspent")
                                .asText())
                        .isEqualTo(amount));
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
