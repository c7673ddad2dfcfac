package org.ehashpool.pool.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.ehashpool.pool.generated.Tables.SHARE;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.pool.pay.PayTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool that dies: each share that it acknowledged is in the table once, and nothing is there that nobody found. */
final class PoolCrashIT extends LedgerScenario {
    private static final int NEVER = 0;
    private static final int KILLED = 137;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void shouldHaveWhatWasAcknowledgedWhenKilledBetweenCommitAndAcknowledgement(int fatal) throws Exception {
        Path log = directory.resolve("pool.log");
        Process pool = start(log, 1, fatal, "first");

        assertThat(pool.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(pool.exitValue()).as(() -> read(log)).isEqualTo(KILLED);
        Set<String> kept = assertAcknowledgedOnce(log);
        assertThat(kept)
                .as("committed and not acknowledged")
                .hasSizeGreaterThan(lines(log, "RECORDED").size());

        // The same shares come again, to the next boot: those that are there are not credited a second time.
        Path again = directory.resolve("again.log");
        Process next = start(again, 1, fatal + 3, "second");
        assertThat(next.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(new HashSet<>(lines(again, "DUPLICATE"))).isSubsetOf(kept);
        assertAcknowledgedOnce(again);
        assertBooksBalance();
    }

    @Test
    void shouldHaveWhatWasAcknowledgedWhenKilledAtAnyMoment() throws Exception {
        for (int kill = 1; kill <= 3; kill++) {
            Path log = directory.resolve("pool-" + kill + ".log");
            Process pool = start(log, kill, NEVER, "boot-" + kill);
            int enough = 3_000 * kill;
            await().atMost(2, TimeUnit.MINUTES)
                    .until(() -> lines(log, "RECORDED").size() > enough);
            pool.toHandle().destroyForcibly();
            assertThat(pool.waitFor(1, TimeUnit.MINUTES)).isTrue();

            assertAcknowledgedOnce(log);
            assertThat(lines(log, "DUPLICATE")).isEmpty();
        }
        assertBooksBalance();
    }

    /** Returns all that is in the table. */
    private Set<String> assertAcknowledgedOnce(Path log) throws IOException {
        List<byte[]> rows = sql(sql -> sql.select(SHARE.HASH).from(SHARE).fetch(SHARE.HASH));
        Set<String> kept = rows.stream().map(HexFormat.of()::formatHex).collect(Collectors.toSet());
        assertThat(kept).hasSameSizeAs(rows);
        assertThat(kept).containsAll(lines(log, "RECORDED"));
        return kept;
    }

    /** What is paid and carried is what the shares in the table are worth. */
    private void assertBooksBalance() {
        BigInteger unit = terms.policy().perUnit().multiply(BigInteger.valueOf(PayTerms.CARRY_SCALE));
        BigInteger worth = Target.DIFFICULTY_ONE
                .work()
                .multiply(BigInteger.valueOf(PayTerms.CARRY_SCALE))
                .multiply(BigInteger.valueOf(shares()));
        assertThat(credited().multiply(unit).add(carried())).isEqualTo(worth);
    }

    private Process start(Path log, long seed, int fatal, String bootId) throws IOException {
        PostgresLogin login = TestServer.login();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingPool.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(String.join(
                            "\n",
                            login.url(),
                            login.user(),
                            login.password(),
                            Long.toString(seed),
                            Integer.toString(fatal),
                            bootId)
                    .getBytes(StandardCharsets.UTF_8));
        }
        return process;
    }

    /** The hashes of whole lines that begin so. */
    private static List<String> lines(Path log, String word) throws IOException {
        String text = Files.readString(log);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .toList();
    }

    private static String read(Path log) {
        try {
            String text = Files.readString(log);
            return text.substring(0, Math.min(text.length(), 10_000));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
