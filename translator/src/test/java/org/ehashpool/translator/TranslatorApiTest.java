package org.ehashpool.translator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.translator.downstream.ScriptedSource;
import org.ehashpool.translator.sv1.Sample;
import org.ehashpool.translator.work.ShareOutcome;
import org.ehashpool.translator.work.ShareRefusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TranslatorApiTest {
    private static final String GENERATOR = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

    private final ScriptedSource source = ScriptedSource.of(Sample.work(Target.ofDifficulty(1_000)));
    private final TranslatorScenario translator = new TranslatorScenario(source, Map.of());
    private final List<Sv1Client> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(Sv1Client::close);
        translator.close();
    }

    private Sv1Client miner(String user) {
        Sv1Client client = translator.connect().mine(user);
        clients.add(client);
        return client;
    }

    @Test
    void shouldDescribeEveryRouteAndNoOther() {
        Set<String> routes = new TreeSet<>();
        for (Route route : translator.http.router().getRoutes()) {
            if (route.getPath() != null) {
                for (HttpMethod method : route.methods()) {
                    if (!method.equals(HttpMethod.HEAD)) {
                        routes.add(method.name().toLowerCase(Locale.ROOT) + " "
                                + route.getPath().replaceAll(":([a-z]+)", "{$1}"));
                    }
                }
            }
        }
        // Mounted by the service's runner, which this scenario does without.
        routes.add("post /api/v1/reload");
        routes.removeIf(route -> !route.contains("/api/v1/") || route.contains("/api/v1/state"));

        Set<String> described = new TreeSet<>();
        JsonObject paths = translator.json("/api/v1/openapi.json").getJsonObject("paths");
        paths.forEach(path -> ((JsonObject) path.getValue())
                .fieldNames()
                .forEach(method -> described.add(method + " " + path.getKey())));
        assertThat(routes).isEqualTo(described);
    }

    @Test
    void shouldDescribeEveryField() {
        miner("alice.1").submit("alice.1", "1", 1);
        JsonObject schemas = translator
                .json("/api/v1/openapi.json")
                .getJsonObject("components")
                .getJsonObject("schemas");

        assertThat(translator.json("/api/v1/global").fieldNames()).isEqualTo(fields(schemas, "Global"));
        JsonObject one = translator.json("/api/v1/miners/1");
        assertThat(one.fieldNames()).isEqualTo(fields(schemas, "Miner"));
        assertThat(one.getJsonObject("shares").fieldNames())
                .isEqualTo(schemas.getJsonObject("Miner")
                        .getJsonObject("properties")
                        .getJsonObject("shares")
                        .getJsonObject("properties")
                        .fieldNames());
    }

    private static Set<String> fields(JsonObject schemas, String name) {
        return schemas.getJsonObject(name).getJsonObject("properties").fieldNames();
    }

    @Test
    void shouldShowAMiner() {
        source.judge = share -> Optional.of(
                share.nonce() == 1
                        ? new ShareOutcome.Accepted()
                        : share.nonce() == 2
                                ? new ShareOutcome.Refused(ShareRefusal.STALE, "stale-share")
                                : new ShareOutcome.Unconfirmed("no answer"));
        Sv1Client client = miner(GENERATOR + ".rig");
        for (int nonce = 1; nonce <= 3; nonce++) {
            client.submit(GENERATOR + ".rig", "1", nonce);
        }

        JsonObject miner = translator.json("/api/v1/miners/1");

        assertThat(miner.getString("user")).isEqualTo(GENERATOR);
        assertThat(miner.getString("worker")).isEqualTo("rig");
        assertThat(miner.getBoolean("locking_key")).isTrue();
        assertThat(miner.getString("agent")).isEqualTo("test/1");
        assertThat(miner.getString("peer")).startsWith("127.0.0.1:");
        assertThat(miner.getDouble("difficulty")).isEqualTo(1_000);
        assertThat(miner.getDouble("hash_rate")).isEqualTo(3e12);
        JsonObject shares = miner.getJsonObject("shares");
        assertThat(shares.getLong("accepted")).isEqualTo(1);
        assertThat(shares.getLong("rejected")).isEqualTo(1);
        assertThat(shares.getJsonObject("rejected_by_reason").getLong("stale-share"))
                .isEqualTo(1);
        assertThat(shares.getLong("stale")).isEqualTo(1);
        assertThat(shares.getLong("unconfirmed")).isEqualTo(1);
        assertThat(shares.getLong("last_accepted_at")).isPositive();
        JsonObject all = translator.json("/api/v1/global");
        assertThat(all.getJsonObject("shares").getLong("accepted")).isEqualTo(1);
        assertThat(translator.get("/metrics").body())
                .contains(
                        "ehash_translator_shares_accepted_total 1.0",
                        "ehash_translator_shares_unconfirmed_total 1.0",
                        "ehash_translator_shares_rejected_total{reason=\"job-not-found\"} 1.0",
                        "ehash_translator_miners 1.0");
    }

    @Test
    void shouldPageThroughMinersAndTellTheTotal() {
        for (int i = 0; i < 7; i++) {
            miner((i < 3 ? "alice." : "bob.") + i);
        }
        await().until(() -> translator.json("/api/v1/miners").getInteger("total") == 7);

        JsonObject page = translator.json("/api/v1/miners?offset=2&limit=3&sort=-id");
        assertThat(page.getInteger("total")).isEqualTo(7);
        JsonArray miners = page.getJsonArray("miners");
        assertThat(miners.stream().map(miner -> ((JsonObject) miner).getInteger("id")))
                .containsExactly(5, 4, 3);
        assertThat(translator.json("/api/v1/miners?user=alice").getInteger("total"))
                .isEqualTo(3);
        assertThat(translator.get("/api/v1/miners?limit=501").statusCode()).isEqualTo(400);
        assertThat(translator.get("/api/v1/miners?sort=shoe").statusCode()).isEqualTo(400);
        assertThat(translator.get("/api/v1/miners/99").statusCode()).isEqualTo(404);
        assertThat(translator.get("/api/v1/miners/x").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldSpeakToAMinerOnlyForWhoHasTheToken() {
        Sv1Client client = miner("alice");

        assertThat(translator.postWithoutToken("/api/v1/miners/1/message").statusCode())
                .isEqualTo(401);
        assertThat(translator
                        .post("/api/v1/miners/1/message", "{\"text\":\"hello\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.line()).isEqualTo("{\"id\":null,\"method\":\"client.show_message\",\"params\":[\"hello\"]}");
        assertThat(translator.post("/api/v1/miners/1/message", "{}").statusCode())
                .isEqualTo(400);
        assertThat(translator
                        .post("/api/v1/miners/1/message", "{\"text\":\"" + "x".repeat(201) + "\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(translator
                        .post("/api/v1/miners/2/message", "{\"text\":\"hello\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldSendAMinerElsewhereOrEndIt() {
        Sv1Client client = miner("alice");

        assertThat(translator
                        .post("/api/v1/miners/1/reconnect", "{\"to\":\"b.example:3333\",\"wait_seconds\":5}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.line())
                .isEqualTo("{\"id\":null,\"method\":\"client.reconnect\",\"params\":[\"b.example\",3333,5]}");
        assertThat(translator
                        .post("/api/v1/miners/1/reconnect", "{\"to\":\"nowhere\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(translator.post("/api/v1/miners/1/disconnect", "").statusCode())
                .isEqualTo(200);
        assertThat(client.isHungUp()).isTrue();
    }
}
