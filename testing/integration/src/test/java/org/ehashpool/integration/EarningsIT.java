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
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ehashpool.cashu.json.QuoteMessages.LookupRequest;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.quote.LookupSignatures;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.poolstats.PoolStatsMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a key earned, as pool-stats shows it, against the pool's ledger and the mint. */
@Timeout(180)
class EarningsIT extends QuoteScenario {
    private static final SecretKey KEY = SecretKey.parse("51".repeat(32));
    private static final String TOKEN = "a-token-for-tests";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private int pagesPort;

    @Test
    void shouldShowTheLedgersSumsWhenTheKeysOwnerAsksAndNothingToOthers() throws Exception {
        int statsPort = freePort();
        String mintAddress = "127.0.0.1:" + freePort();
        closing(startStatistics(statsPort, "http://" + mintAddress));
        LocalPool pool = pool(
                Map.of(
                        "POOL__STATS__URL",
                        "tcp://127.0.0.1:" + statsPort,
                        "POOL__STATS__TOKEN",
                        TOKEN,
                        "POOL__STATS__SPOOL",
                        home.resolve("pool-spool").toString()),
                1);
        LocalMint mint = closing(
                LocalMint.start(seed(1), mintLogin(1), Map.of("MINT__PUBLIC__LISTEN", mintAddress), mintUrl(pool)));
        awaitLinked(mint);
        mine(pool, 5);
        awaitPaidOnce(5, 1);
        BigInteger earned = number(login("pool"), "select sum(amount) from pool.quote_order");
        BigInteger quotes = number(login("pool"), "select count(*) from pool.quote_order");
        BigInteger shares = number(login("pool"), "select count(*) from pool.share");

        JsonNode key = json(ask(signed(KEY, Instant.now())), 200).at("/keys/0");

        assertThat(key.at("/earned/key").asText()).isEqualTo(MINER);
        assertThat(key.at("/earned/totals/0/unit").asText()).isEqualTo("hash");
        assertThat(key.at("/earned/totals/0/earned").asText()).isEqualTo(earned.toString());
        assertThat(key.at("/earned/totals/0/unclaimed").asText()).isEqualTo(earned.toString());
        assertThat(key.at("/earned/totals/0/issued").asText()).isEqualTo("0");
        assertThat(key.at("/earned/totals/0/quotes").bigIntegerValue()).isEqualTo(quotes);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(json(ask(signed(KEY, Instant.now())), 200)
                                .at("/keys/0/credited/accepted")
                                .bigIntegerValue())
                        .isEqualTo(shares));

        SecretKey stranger = SecretKey.parse("52".repeat(32));
        assertThat(json(ask(signed(stranger, Instant.now())), 200).at("/keys/0/earned/totals"))
                .isEmpty();
        String forged =
                signed(stranger, Instant.now()).replace(stranger.publicKey().toString(), MINER);
        assertThat(code(ask(forged), 403)).isEqualTo("signature-refused");
        assertThat(code(ask(signed(KEY, Instant.now().minusSeconds(600))), 403)).isEqualTo("expired");
        closed(mint).stop();
        assertThat(code(ask(signed(KEY, Instant.now())), 503)).isEqualTo("mint-away");
    }

    private LocalService startStatistics(int port, String mint) throws IOException {
        pagesPort = freePort();
        PostgresLogin login = login("pool_stats");
        Map<String, String> environment = new HashMap<>();
        environment.put("POOL_STATS__HTTP__LISTEN", "127.0.0.1:" + pagesPort);
        environment.put("POOL_STATS__LISTEN__ADDRESS", "127.0.0.1:" + port);
        environment.put("POOL_STATS__SENDERS__0__TOKEN", TOKEN);
        environment.put("POOL_STATS__DATABASE__URL", login.url());
        environment.put("POOL_STATS__DATABASE__USER", login.user());
        environment.put("POOL_STATS__DATABASE__PASSWORD", login.password());
        environment.put("POOL_STATS__MINTS__0__URL", mint);
        return LocalService.start(PoolStatsMain.service(), environment);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    /** As the command lookup-request prints it. */
    private String signed(SecretKey key, Instant at) throws IOException {
        long timestamp = at.getEpochSecond();
        return new LookupRequest(
                        List.of(key.publicKey()),
                        List.of(LookupSignatures.sign(identity(1).publicKey(), key, timestamp, new byte[32])),
                        timestamp,
                        false,
                        OptionalLong.of(100),
                        Optional.empty())
                .encode();
    }

    private HttpResponse<String> ask(String request) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pagesPort + "/api/v1/earnings"))
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(request))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    private static String code(HttpResponse<String> answer, int status) throws IOException {
        return json(answer, status).at("/error/code").asText();
    }
}
