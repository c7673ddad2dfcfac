package org.ehashpool.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.pool.connection.StubFeed;
import org.ehashpool.sv2.message.Mining.CloseChannel;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.type.Text;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolApiTest {
    /** Served by the half of the pool that is not part of this scenario. */
    private static final Set<String> OF_THE_LEDGER = Set.of("get /api/v1/ledger", "get /api/v1/keys/{key}");

    private static final Set<String> OF_THE_FEED = Set.of("get /api/v1/templates", "get /api/v1/blocks");

    /** Of what quotes and audits show, mounted by the service with its database. */
    private static final Set<String> OF_THE_QUOTES = Set.of(
            "get /api/v1/mints",
            "get /api/v1/outbox",
            "get /api/v1/outbox/interventions",
            "post /api/v1/outbox/reassign",
            "post /api/v1/outbox/resend",
            "get /api/v1/audit/orders",
            "get /api/v1/audit/ledger");

    @TempDir
    private Path home;

    private @Nullable PoolScenario started;

    private PoolScenario pool() {
        PoolScenario pool = PoolScenario.of(home);
        started = pool;
        pool.feed.mine(1);
        return pool;
    }

    @AfterEach
    void close() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void shouldDescribeEveryRouteAndNoOther() {
        PoolScenario pool = pool();
        Set<String> routes = new TreeSet<>();
        for (Route route : pool.http.router().getRoutes()) {
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
        routes.addAll(OF_THE_FEED);
        routes.addAll(OF_THE_LEDGER);
        routes.addAll(OF_THE_QUOTES);

        assertThat(described(pool)).isEqualTo(routes);
    }

    private static Set<String> described(PoolScenario pool) {
        JsonObject paths = pool.json("/api/v1/openapi.json").getJsonObject("paths");
        Set<String> described = new TreeSet<>();
        for (String path : paths.fieldNames()) {
            paths.getJsonObject(path).fieldNames().forEach(method -> described.add(method + " " + path));
        }
        return described;
    }

    @Test
    void shouldAnswerOnEveryPathThatIsDescribed() {
        PoolScenario pool = pool();
        MinerPeer miner = pool.connect(0);
        miner.openExtended("easy.rig");
        long id = pool.json("/api/v1/connections")
                .getJsonArray("connections")
                .getJsonObject(0)
                .getLong("id");

        for (String one : described(pool)) {
            if (one.startsWith("get ")
                    && !OF_THE_FEED.contains(one)
                    && !OF_THE_LEDGER.contains(one)
                    && !OF_THE_QUOTES.contains(one)) {
                String path = one.substring("get ".length()).replace("{id}", Long.toString(id));
                assertThat(pool.send("GET", path, "").statusCode()).as(one).isEqualTo(200);
            }
        }
    }

    @Test
    void shouldShowEveryFieldThatIsDescribed() {
        PoolScenario pool = pool();
        pool.connect(0).openExtended("easy.rig");
        JsonObject schemas =
                pool.json("/api/v1/openapi.json").getJsonObject("components").getJsonObject("schemas");
        JsonObject connection =
                pool.json("/api/v1/connections").getJsonArray("connections").getJsonObject(0);
        JsonObject channel =
                pool.json("/api/v1/channels").getJsonArray("channels").getJsonObject(0);

        assertFields(schemas, "Global", pool.json("/api/v1/global"));
        assertFields(schemas, "Connection", connection);
        assertFields(schemas, "Channel", channel);
        assertFields(schemas, "Shares", channel.getJsonObject("shares"));
        assertFields(schemas, "WholeConnection", pool.json("/api/v1/connections/" + connection.getLong("id")));
    }

    private static void assertFields(JsonObject schemas, String schema, JsonObject answer) {
        assertThat(answer.fieldNames())
                .as(schema)
                .isEqualTo(schemas.getJsonObject(schema)
                        .getJsonObject("properties")
                        .fieldNames());
    }

    @Test
    void shouldShowSharesAndWorkOfTheWholePool() {
        PoolScenario pool = pool();
        MinerPeer miner = pool.connect(0);
        long channel = miner.openExtended("easy.rig");
        miner.submit(channel, 3);
        await().until(() -> miner.received(SubmitSharesSuccess.class).stream()
                        .mapToLong(SubmitSharesSuccess::newSubmitsAcceptedCount)
                        .sum()
                == 3);

        JsonObject global = pool.json("/api/v1/global");

        assertThat(global.getJsonObject("shares").getLong("accepted")).isEqualTo(3);
        assertThat(new BigInteger(global.getJsonObject("shares").getString("work")))
                .isEqualTo(Target.EASIEST.work().multiply(BigInteger.valueOf(3)));
        assertThat(global.getJsonObject("tip").getInteger("height")).isEqualTo(StubFeed.HEIGHT);
        assertThat(global.getString("template_provider")).isEqualTo("stub");
        assertThat(global.getJsonObject("connections_by_kind").getInteger("mining"))
                .isEqualTo(1);
        assertThat(global.getJsonObject("ledger").getLong("settled")).isEqualTo(3);
        assertThat(pool.get("/metrics").body())
                .contains("ehash_pool_shares_accepted_total 3.0", "ehash_pool_channels 1.0");
        assertThat(pool.get("/health/ready").body()).contains("share_ledger");
    }

    @Test
    void shouldPageSortAndFilter() {
        PoolScenario pool = pool();
        MinerPeer miner = pool.connect(0);
        for (String user : new String[] {"b.1", "a.1", "c.1", "a.2"}) {
            miner.openExtended(user);
        }

        JsonObject page = pool.json("/api/v1/channels?sort=-user&offset=1&limit=2");
        JsonObject filtered = pool.json("/api/v1/channels?user=A.&type=extended&sort=user");

        assertThat(page.getInteger("total")).isEqualTo(4);
        assertThat(users(page)).containsExactly("b.1", "a.2");
        assertThat(users(filtered)).containsExactly("a.1", "a.2");
        assertThat(pool.json("/api/v1/connections?user=c.1&kind=mining&vendor=test&peer=127.")
                        .getInteger("total"))
                .isEqualTo(1);
        assertThat(pool.json("/api/v1/connections?kind=mint").getInteger("total"))
                .isZero();
    }

    private static List<String> users(JsonObject page) {
        return page.getJsonArray("channels").stream()
                .map(channel -> ((JsonObject) channel).getString("user"))
                .toList();
    }

    @Test
    void shouldRefuseParametersThatMakeNoSense() {
        PoolScenario pool = pool();

        for (String query : new String[] {"limit=0", "limit=501", "offset=-1", "offset=x", "sort=colour"}) {
            HttpResponse<String> answer = pool.get("/api/v1/connections?" + query);
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(answer.body()).contains("invalid-parameter");
        }
        assertThat(pool.get("/api/v1/connections/99999").statusCode()).isEqualTo(404);
        assertThat(pool.get("/api/v1/connections/x").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldDisconnectOnlyWithTheToken() {
        PoolScenario pool = pool();
        MinerPeer miner = pool.connect(0);
        miner.openExtended("easy.rig");
        long id = pool.json("/api/v1/connections")
                .getJsonArray("connections")
                .getJsonObject(0)
                .getLong("id");
        String path = "/api/v1/connections/" + id + "/disconnect";

        assertThat(pool.get("/api/v1/bans").statusCode()).isEqualTo(401);
        assertThat(pool.send("POST", "/api/v1/connections/987654/disconnect", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(pool.send("POST", path, "no json").statusCode()).isEqualTo(400);
        assertThat(pool.send("POST", path, "{\"reason\":\"maintenance\"}").statusCode())
                .isEqualTo(200);

        assertThat(PoolScenario.await(miner.connection.closed()).reason()).isEqualTo(CloseReason.PEER_CLOSED);
    }

    @Test
    void shouldBanAnAddressAndLiftTheBan() {
        PoolScenario pool = pool();
        MinerPeer miner = pool.connect(0);
        miner.openExtended("easy.rig");

        HttpResponse<String> answer = pool.send("POST", "/api/v1/bans", "{\"address\":\"127.0.0.0/8\",\"seconds\":60}");

        assertThat(answer.statusCode()).isEqualTo(201);
        PoolScenario.await(miner.connection.closed());
        PoolScenario.await(pool.connect(0).connection.closed());
        long id = new JsonObject(answer.body()).getLong("id");
        assertThat(pool.send("DELETE", "/api/v1/bans/" + id, "").statusCode()).isEqualTo(200);
        assertThat(pool.send("DELETE", "/api/v1/bans/" + id, "").statusCode()).isEqualTo(404);
        pool.connect(0).openExtended("easy.rig");
    }

    @Test
    void shouldBanAUserAndKeepTheBanOverARestart() {
        PoolScenario pool = pool();
        MinerPeer miner = pool.connect(0);
        long channel = miner.openExtended("mallory.rig");
        assertThat(pool.send("POST", "/api/v1/bans", "{\"user\":\"mallory\",\"reason\":\"withholds\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(miner.awaitMessage(CloseChannel.class, 1)).isEqualTo(new CloseChannel(channel, Text.of("banned")));
        pool.close();

        JsonArray kept = new JsonObject(pool().send("GET", "/api/v1/bans", "").body()).getJsonArray("bans");

        assertThat(kept.getJsonObject(0).getMap())
                .containsEntry("user", "mallory")
                .containsEntry("reason", "withholds");
    }

    @Test
    void shouldRefuseBansThatMakeNoSense() {
        PoolScenario pool = pool();
        for (String body : new String[] {
            "",
            "[]",
            "{}",
            "{\"address\":\"a.example\"}",
            "{\"address\":\"10.0.0.1\",\"user\":\"u\"}",
            "{\"user\":\"u\",\"seconds\":0}",
            "{\"user\":\"u\",\"seconds\":\"1h\"}",
            "{\"user\":5}"
        }) {
            assertThat(pool.send("POST", "/api/v1/bans", body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(new JsonObject(pool.send("GET", "/api/v1/bans", "").body()).getMap())
                .isEqualTo(Map.of("total", 0, "bans", new JsonArray().getList()));
    }
}
