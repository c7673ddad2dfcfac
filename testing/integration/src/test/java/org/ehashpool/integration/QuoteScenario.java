package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.fixtures.ScriptedMiner;
import org.ehashpool.fixtures.ScriptedTemplateProvider;
import org.ehashpool.fixtures.TemplateChain;
import org.ehashpool.fixtures.TestPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.CurveSelection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A pool, mints and a miner who is paid, each with a role of its own on one database server. */
abstract class QuoteScenario {
    /** Whom the shares pay. */
    static final String MINER = SecretKey.parse("51".repeat(32)).publicKey().toString();

    @TempDir
    Path home;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Map<Integer, EmbeddedPostgres> servers = new HashMap<>();
    private ScriptedTemplateProvider provider;
    private EmbeddedPostgres server;
    private int mintPort;

    @BeforeEach
    void startServer() throws Exception {
        server = embedded("postgres");
        provider = ScriptedTemplateProvider.start(TemplateChain.of(TemplateChain.HARD));
        try (ServerSocket free = new ServerSocket(0)) {
            mintPort = free.getLocalPort();
        }
    }

    @AfterEach
    void stopServer() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
        provider.close();
        server.close();
    }

    final <T extends AutoCloseable> T closing(T one) {
        opened.add(one);
        return one;
    }

    /** To be closed by the test. */
    final <T extends AutoCloseable> T closed(T one) {
        opened.remove(one);
        return one;
    }

    final Path seed(int mint) {
        return home.resolve("mint-" + mint).resolve("seed");
    }

    final SecretKey identity(int mint) throws IOException {
        return LocalMint.identity(seed(mint));
    }

    final PostgresLogin login(String role) {
        return server.loginFor(role);
    }

    /** A pool that knows these mints by their keys. */
    final LocalPool pool(int... mints) throws IOException {
        return pool(Map.of(), mints);
    }

    final LocalPool pool(Map<String, String> overrides, int... mints) throws IOException {
        Map<String, String> environment = poolEnvironment(mints);
        environment.putAll(overrides);
        return closing(LocalPool.start(home, environment, provider.url()));
    }

    final Sv2Url providerUrl() {
        return provider.url();
    }

    final Map<String, String> poolEnvironment(int... mints) throws IOException {
        PostgresLogin login = login("pool");
        Map<String, String> environment = new HashMap<>(Map.of(
                "POOL__DATABASE__URL",
                login.url(),
                "POOL__DATABASE__USER",
                login.user(),
                "POOL__DATABASE__PASSWORD",
                login.password(),
                "POOL__MINT_PORT__LISTEN",
                "127.0.0.1:" + mintPort,
                "POOL__PAY__UNIT_WORK",
                "1",
                "POOL__USERS__0__NAME",
                MINER,
                "POOL__HTTP__TOKEN",
                "a-token-for-tests"));
        for (int i = 0; i < mints.length; i++) {
            environment.put(
                    "POOL__MINTS__" + i + "__PUBLIC_KEY",
                    identity(mints[i]).publicKey().toString());
        }
        return environment;
    }

    final Sv2Url mintUrl(LocalPool pool) {
        return Sv2Url.parse(
                pool.json("/api/v1/state")
                        .path("details")
                        .path("mint_port")
                        .path("address")
                        .asText(),
                CurveSelection.select(new SecureRandom()).curve());
    }

    /** A mint with a database of its own. */
    final LocalMint mint(int number, Sv2Url... pools) {
        PostgresLogin database = mintLogin(number);
        return closing(LocalMint.start(seed(number), database, Map.of(), pools));
    }

    /** The first mint shares the pool's server; each other one has its own. */
    final PostgresLogin mintLogin(int number) {
        return number == 1 ? login("mint") : login(number, "mint");
    }

    /** On a server of its own, of which there is one for each number. */
    final PostgresLogin login(int number, String role) {
        return servers.computeIfAbsent(number, first -> closing(embedded("postgres-" + first)))
                .loginFor(role);
    }

    private EmbeddedPostgres embedded(String directory) {
        return TestPostgres.start(home.resolve(directory));
    }

    static void awaitLinked(LocalMint mint) {
        await().atMost(Duration.ofSeconds(30)).until(() -> mint.pool(0).has("negotiated"));
    }

    /** A miner with a channel. */
    record Rig(ScriptedMiner miner, long channel) {
        /** Mines so many shares and waits until they count. */
        void mine(int shares) {
            for (int i = 0; i < shares; i++) {
                miner.mine(channel);
            }
        }
    }

    /** Connects, and mines so many shares. */
    final Rig mine(LocalPool pool, int shares) throws IOException, NoiseException {
        ScriptedMiner miner = closing(ScriptedMiner.connect(pool.url()));
        Rig rig = new Rig(miner, miner.openExtended(MINER + ".rig", 8).id());
        rig.mine(shares);
        return rig;
    }

    /** The single value of a query. */
    final BigInteger number(PostgresLogin login, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getBigDecimal(1).toBigIntegerExact();
        }
    }

    private Set<String> rows(PostgresLogin login, String query) throws SQLException {
        Set<String> found = new HashSet<>();
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                assertThat(found.add(rows.getString(1))).isTrue();
            }
        }
        return found;
    }

    /** Every share with an amount is in one order, every order has one quote, and there is no other quote. */
    final void awaitPaidOnce(int shares, int... mints) throws SQLException {
        PostgresLogin pool = login("pool");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> number(
                                        pool,
                                        "select (select count(*) from pool.share where amount is not null and order_id is null)"
                                                + " + (select count(*) from pool.quote_order where state <> 'quoted')")
                                .signum()
                        == 0);
        assertThat(number(pool, "select count(*) from pool.share where amount is not null"))
                .isGreaterThanOrEqualTo(BigInteger.valueOf(shares));
        assertThat(number(
                        pool,
                        "select count(*) from pool.quote_order o where amount <>"
                                + " (select sum(amount) from pool.share s where s.order_id = o.id)"))
                .isZero();
        Set<String> quoted = new HashSet<>();
        for (int mint : mints) {
            quoted.addAll(rows(
                    mintLogin(mint),
                    "select encode(share_hash, 'hex') || ' ' || amount || ' ' || encode(locking_key, 'hex') || ' ' || id"
                            + " from mint.mint_quote"));
        }
        assertThat(quoted)
                .isEqualTo(rows(
                        pool,
                        "select encode(share_hash, 'hex') || ' ' || amount || ' ' || encode(locking_key, 'hex') || ' ' ||"
                                + " quote_id from pool.quote_order"));
    }
}
