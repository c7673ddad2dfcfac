package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ehash demo} on a machine that has nothing. */
final class DemoIT {
    /** About a million hashes. */
    private static final String QUICK_BLOCKS = "1e0fffff";

    private static final Pattern SHARE = Pattern.compile("shares accepted [1-9]");

    @TempDir
    private Path home;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void shouldMineBlocksThroughTheTranslatorAndEndWithOneJsonObjectWhenItsTimeIsOver() throws Exception {
        JsonNode report = report(demo("--for", "15s", "--json", "--bits", QUICK_BLOCKS));

        requireBlocks(report);
        assertThat(report.path("translator_shares_accepted").asInt())
                .isEqualTo(report.path("shares_accepted").asInt());
        assertThat(stopped(report))
                .containsExactlyInAnyOrder(
                        "template-provider stopped",
                        "pool-stats stopped",
                        "mint stopped",
                        "pool stopped",
                        "translator stopped",
                        "proxy-stats stopped",
                        "miner stopped");
        assertThat(report.path("quotes_minted").asInt()).isPositive();
        assertThat(new BigInteger(report.path("ehash").asText())).isPositive();
    }

    @Test
    void shouldMineBlocksForThePoolItselfWhenAskedForStratumV2() throws Exception {
        JsonNode report = report(demo("--sv2", "--for", "10s", "--json", "--bits", QUICK_BLOCKS));

        requireBlocks(report);
        assertThat(report.has("translator_shares_accepted")).isFalse();
        assertThat(stopped(report))
                .containsExactlyInAnyOrder(
                        "template-provider stopped",
                        "pool-stats stopped",
                        "mint stopped",
                        "pool stopped",
                        "miner stopped");
    }

    private JsonNode report(Process demo) throws Exception {
        List<String> lines = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(demo.waitFor())
                .as("the output: %s; the progress: %s", lines, Files.readString(home.resolve("stderr")))
                .isZero();
        return new ObjectMapper().readTree(lines.getLast());
    }

    /** Everybody counts the same. */
    private static void requireBlocks(JsonNode report) {
        assertThat(report.path("seconds").asDouble()).isGreaterThan(10);
        assertThat(report.path("blocks_found").asInt()).isPositive();
        assertThat(report.path("shares_accepted").asInt())
                .isGreaterThanOrEqualTo(report.path("blocks_found").asInt())
                .isEqualTo(report.path("miner_shares_accepted").asInt());
    }

    private static List<String> stopped(JsonNode report) {
        return report.path("services").properties().stream()
                .map(service -> service.getKey() + " " + service.getValue().asText())
                .toList();
    }

    @Test
    void shouldStopItsServicesWhenItIsTerminated() throws Exception {
        Process demo = demo("--bits", QUICK_BLOCKS);
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = demo.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (SHARE.matcher(line).find()) {
                    // By its handle: Process.destroy would close the stream that is read here.
                    demo.toHandle().destroy();
                }
            }
        }

        assertThat(demo.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(lines).as("what it said").last().isEqualTo("demo: all went well");
        for (String service : List.of("template-provider", "pool-stats", "mint", "pool", "translator", "proxy-stats")) {
            assertThat(Files.readString(home.resolve("demo/logs/" + service + ".log")))
                    .contains("exit_status=0");
        }
    }

    private Process demo(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("demo"));
        command.addAll(List.of(arguments));
        Process process = DemoProcess.start(home, command.toArray(String[]::new));
        started.add(process);
        return process;
    }
}
