package org.ehashpool.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.pool.api.LedgerApi;
import org.ehashpool.pool.connection.StubFeed;
import org.ehashpool.pool.ledger.Credits;
import org.ehashpool.pool.ledger.LedgerFigures;
import org.ehashpool.pool.ledger.LedgerNode;
import org.ehashpool.pool.ledger.ShareCredit;
import org.ehashpool.pool.ledger.TestServer;
import org.ehashpool.pool.pay.PayPolicy;
import org.ehashpool.pool.pay.PayTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerApiIT {
    @TempDir
    private Path home;

    @Test
    void shouldShowWhatWasCreditedAndToWhomWithTheTokenOnly() throws Exception {
        BigInteger unit = Target.DIFFICULTY_ONE.work().divide(BigInteger.valueOf(1_000));
        PayTerms terms = new PayTerms(new PayPolicy.Work(unit), 10_000, Duration.ofDays(30));
        Vertx vertx = Vertx.vertx();
        try (Database database = TestServer.openEmpty()) {
            LedgerNode node = new LedgerNode(() -> database, "boot", () -> terms, vertx);
            try (PoolScenario pool = new PoolScenario(home, StubFeed.HARD, node.ledger, Map.of())) {
                new LedgerApi(new LedgerFigures(() -> database), node.leases, () -> terms)
                        .mount(pool.http.router(), pool.http.bearerGuard());
                Credits credits = new Credits(1);
                List<ShareCredit> paid = credits.next(3);
                PoolScenario.await(node.ledger.commit(paid));
                PoolScenario.await(
                        node.ledger.commit(credits.key(Optional.empty()).next(2)));

                JsonObject ledger = pool.json("/api/v1/ledger");
                JsonObject schemas = pool.json("/api/v1/openapi.json")
                        .getJsonObject("components")
                        .getJsonObject("schemas");
                JsonObject credited = ledger.getJsonArray("credited").getJsonObject(0);
                assertFields(schemas, "Ledger", ledger);
                assertFields(schemas, "Credited", credited);
                assertThat(credited.getInteger("keys")).isEqualTo(1);
                assertThat(credited.getInteger("shares")).isEqualTo(3);
                assertThat(credited.getString("amount")).isEqualTo("2970");
                assertThat(ledger.getJsonObject("keyless").getString("shares")).isEqualTo("2");

                String path = "/api/v1/keys/" + Credits.KEY.toHex();
                assertThat(pool.get(path).statusCode()).isEqualTo(401);
                JsonObject key = new JsonObject(pool.send("GET", path, "").body());
                assertFields(schemas, "Key", key);
                assertThat(key.getJsonArray("credited").getJsonObject(0)).isEqualTo(credited);
                JsonObject other = new JsonObject(pool.send("GET", "/api/v1/keys/" + Credits.OTHER_KEY.toHex(), "")
                        .body());
                assertThat(other.getJsonArray("credited")).isEmpty();
                assertThat(pool.send("GET", "/api/v1/keys/02ff", "").statusCode())
                        .isEqualTo(404);
            }
            node.stop();
        }
        PoolScenario.await(vertx.close());
    }

    private static void assertFields(JsonObject schemas, String schema, JsonObject answer) {
        assertThat(answer.fieldNames())
                .as(schema)
                .isEqualTo(schemas.getJsonObject(schema)
                        .getJsonObject("properties")
                        .fieldNames());
    }
}
