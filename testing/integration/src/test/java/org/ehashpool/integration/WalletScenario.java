package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import org.ehashpool.fixtures.ScriptedMiner;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;

/** A pool, a mint, and translators with wallets that are paid by it. */
abstract class WalletScenario extends QuoteScenario {
    static final String TOKEN = "a-token-for-tests";
    static final String WORDS = "half depart obvious quality work element tank gorilla view sugar picture humble";
    static final Duration PATIENCE = Duration.ofSeconds(60);

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    /** A translator's with a wallet of these words. */
    final Map<String, String> walletEnvironment(String name, String words, PostgresLogin login, String mintAddress)
            throws IOException {
        Path seed = Files.createFile(
                home.resolve(name + "-seed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(seed, words + "\n");
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

    final void mineOneShareFor(LocalPool pool, String key) throws Exception {
        ScriptedMiner miner = closing(ScriptedMiner.connect(pool.url()));
        miner.mine(miner.openExtended(key + ".rig", 8).id());
        await().until(() -> number(login("pool"), "select count(*) from pool.share where amount is not null")
                .equals(BigInteger.ONE));
    }

    /** What the only share is worth, before the mint is asked. */
    final void setAmount(String amount) throws SQLException {
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

    static void awaitUnspent(LocalTranslator translator, String amount) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(translator
                                .json("/api/v1/wallet", TOKEN)
                                .path("balances")
                                .path(0)
                                .path("unspent")
                                .asText())
                        .isEqualTo(amount));
    }
}
