package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ehash demo} on a machine that has nothing. */
final class DemoIT {
    private static final Path DISTRIBUTION = Path.of(System.getProperty("distribution"));

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
    void shouldWorkAndEndWithOneJsonObjectWhenItsTimeIsOver() throws Exception {
        Process demo = demo("--for", "3s", "--json");

        List<String> lines = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(demo.waitFor()).as("the output: %s", lines).isZero();
        JsonNode report = new ObjectMapper().readTree(lines.getLast());
        assertThat(report.path("connections").asInt()).isPositive();
        assertThat(report.path("frames_echoed").asInt())
                .isEqualTo(4 * report.path("connections").asInt());
        assertThat(report.path("failures").asInt(-1)).isZero();
        assertThat(report.path("services").path("endpoint").asText()).isEqualTo("stopped");
    }

    @Test
    void shouldStopItsServicesWhenItIsTerminated() throws Exception {
        Process demo = demo();
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = demo.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.contains("connections 1 ")) {
                    // By its handle: Process.destroy would close the stream that is read here.
                    demo.toHandle().destroy();
                }
            }
        }

        assertThat(demo.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(lines).as("what it said").last().isEqualTo("demo: all went well");
        assertThat(Files.readString(home.resolve("demo/logs/endpoint.log"))).contains("exit_status=0");
    }

    private Process demo(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                commands().toString(),
                "demo"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(home.resolve("stderr").toFile());
        builder.environment().put("EHASH_HOME", home.toString());
        builder.environment().put("EHASH_DIST", DISTRIBUTION.toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static Path commands() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(DISTRIBUTION.resolve("lib"), "cli-[0-9]*.jar")) {
            return found.iterator().next();
        }
    }
}
