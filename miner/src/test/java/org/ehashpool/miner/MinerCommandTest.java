package org.ehashpool.miner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.util.List;
import org.ehashpool.miner.upstream.MinerPlatform;
import org.ehashpool.miner.upstream.TestPool;
import org.ehashpool.mining.difficulty.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MinerCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = MinerMain.commandLine();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    @Test
    void shouldMineForATimeAndEndWithAJsonObjectOfWhatThePoolAccepted() throws Exception {
        try (MinerPlatform platform = new MinerPlatform(new SecureRandom(), 16);
                TestPool pool = new TestPool(platform, Target.ofExpectedHashes(50_000), TestPool.HARD)) {
            int status =
                    run("mine", pool.url().toString(), "--for", "3s", "--threads", "1", "--hashrate", "1M", "--json");

            assertThat(status).isZero();
            List<String> lines = out.toString().lines().toList();
            assertThat(lines).hasSizeBetween(3, 4);
            JsonNode last = new ObjectMapper().readTree(lines.getLast());
            assertThat(last.path("shares_accepted").asInt()).isPositive().isLessThanOrEqualTo(pool.accepted());
            assertThat(last.path("hashrate").asDouble()).isPositive().isLessThan(1.2e6);
            assertThat(last.path("connected").asBoolean()).isTrue();
        }
    }

    @Test
    void shouldPutALoadOnAPoolAndReport() throws Exception {
        try (MinerPlatform platform = new MinerPlatform(new SecureRandom(), 16);
                TestPool pool = new TestPool(platform, Target.EASIEST, TestPool.HARD)) {
            int status = run(
                    "load",
                    pool.url().toString(),
                    "--connections",
                    "2",
                    "--channels",
                    "2",
                    "--rate",
                    "200",
                    "--for",
                    "1s",
                    "--measure",
                    "jobs",
                    "--json");

            assertThat(status).isZero();
            JsonNode json = new ObjectMapper().readTree(out.toString());
            assertThat(json.path("shares_accepted").asInt()).isEqualTo(pool.accepted());
            assertThat(json.path("jobs").path("previous_hash").has("spread_us")).isTrue();
            assertThat(json.path("cpu_seconds").isNumber()).isTrue();
        }
    }

    @Test
    void shouldFailWhenNoPoolEverTookUs() throws Exception {
        try (MinerPlatform platform = new MinerPlatform(new SecureRandom(), 16)) {
            TestPool pool = new TestPool(platform, Target.EASIEST, TestPool.HARD);
            String away = pool.url().toString();
            pool.close();

            assertThat(run("mine", away, "--for", "1s", "--threads", "1")).isEqualTo(1);
            assertThat(out.toString()).contains("accepted 0");
            assertThat(run("load", away, "--for", "1s", "--connections", "1")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mine http://pool.example:1",
                "mine stratum+tcp://pool.example",
                "mine stratum2+tcp://pool.example:1/nokey",
                "mine stratum+tcp://a:1 stratum2+tcp://b:1/x",
                "mine stratum+tcp://a:1 --threads 0",
                "mine stratum+tcp://a:1 --hashrate 0",
                "load stratum2+tcp://pool.example:1/nokey",
                "load stratum+tcp://pool.example",
                "load stratum+tcp://pool.example:1 --channels 2",
                "load x --connections 0"
            })
    void shouldSayWhatIsWrong(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("miner ")
                .doesNotContain("Exception")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "mine", "mine stratum+tcp://a:1 --for soon", "mine stratum+tcp://a:1 --hashrate x", "dance"})
    void shouldExitWithTwoWhenAskedWrongly(String arguments) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
    }

    @Test
    void shouldExplainItself() {
        assertThat(run("mine", "--help")).isZero();
        assertThat(run("load", "--help")).isZero();
        assertThat(out.toString()).contains("--hashrate", "--extended", "--source-addresses", "AUTHORITY_KEY");
    }
}
