package org.ehashpool.kit.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service as its operator has it: a process that gets a file, variables and signals. */
@Timeout(120)
class ServiceProcessIT {
    @TempDir
    private Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldPrintAllProblemsAndExitWithStatus2WhenFileHasFiveMistakes() throws Exception {
        Path file = Files.writeString(directory.resolve("sample.toml"), resource("five-mistakes.toml"));

        Process process = start(Map.of(), "--config", file.toString());

        assertThat(exitStatus(process)).isEqualTo(2);
        assertThat(err()).isEqualTo(resource("five-mistakes.txt").replace("FILE", file.toString()));
        assertThat(out()).isEmpty();
    }

    @Test
    void shouldPrintEffectiveConfigWhenChecking() throws Exception {
        Process process = start(Map.of("SAMPLE__PASSWORD", "hunter2", "SAMPLE__GREETING", "hi"), "--check");

        assertThat(exitStatus(process)).isZero();
        assertThat(out())
                .contains("greeting = \"hi\"  # SAMPLE__GREETING\n", "password = \"[redacted]\"  # SAMPLE__PASSWORD\n");
        assertThat(out() + err()).doesNotContain("hunter2");
    }

    @Test
    void shouldDrainAndExitWithStatus0WhenTerminated() throws Exception {
        for (String signal : List.of("TERM", "INT")) {
            Process process = start(Map.of("SAMPLE__DRAIN_TIME", "300ms"));
            awaitOut(" ready ");

            send(process, signal);

            assertThat(exitStatus(process)).isZero();
            assertThat(out())
                    .containsSubsequence(
                            "draining reason=SIG" + signal,
                            "finishing",
                            "flushed",
                            "stopped state=stopped exit_status=0");
            assertThat(err()).isEmpty();
        }
    }

    @Test
    void shouldExitAtOnceWhenSecondSignalComes() throws Exception {
        for (Map.Entry<String, Integer> expected : Map.of("TERM", 1, "INT", 130).entrySet()) {
            Process process = start(Map.of("SAMPLE__DRAIN_TIME", "1h"));
            awaitOut(" ready ");

            send(process, "TERM");
            awaitOut("finishing");
            send(process, expected.getKey());

            assertThat(exitStatus(process)).isEqualTo(expected.getValue());
            assertThat(out())
                    .contains("forced_exit signal=SIG" + expected.getKey())
                    .doesNotContain("flushed");
        }
    }

    @Test
    void shouldReloadWhenHangupComes() throws Exception {
        Path file = Files.writeString(directory.resolve("sample.toml"), "greeting = 'one'\n");
        Process process = start(Map.of(), "--config", file.toString());
        awaitOut(" ready ");

        Files.writeString(file, "greeting = 'two'\nrepeat = 2\n");
        send(process, "HUP");
        awaitOut("config_reloaded applied=greeting need_restart=repeat");
        Files.writeString(file, "greeting = 3\n");
        send(process, "HUP");
        awaitOut("config_reload_refused problems=1");
        send(process, "TERM");

        assertThat(exitStatus(process)).isZero();
        assertThat(out()).containsOnlyOnce("greeting_changed greeting=two");
    }

    @Test
    void shouldWriteNothingButJsonWithoutSecretsWhenConfigured() throws Exception {
        Process process = start(Map.of(
                "SAMPLE__LOG__FORMAT", "json",
                "SAMPLE__LOG__LEVEL", "debug",
                "SAMPLE__PASSWORD", "hunter2",
                "SAMPLE__HTTP__TOKEN", "hunter3"));
        awaitOut("\"event\":\"ready\"");
        send(process, "TERM");
        assertThat(exitStatus(process)).isZero();

        for (String line : out().lines().toList()) {
            JsonNode event = new ObjectMapper().readTree(line);
            assertThat(event.has("at") && event.has("level") && event.has("event"))
                    .as(line)
                    .isTrue();
        }
        assertThat(out() + err()).doesNotContain("hunter", "\u001b");
    }

    @Test
    void shouldSayHowLongStartTook() throws Exception {
        Process process = start(Map.of());
        awaitOut(" ready ");
        send(process, "TERM");

        assertThat(exitStatus(process)).isZero();
        assertThat(out()).containsPattern(" ready took_ms=\\d+ since_jvm_start_ms=\\d+\n");
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                SampleMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static void send(Process process, String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static int exitStatus(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
        return process.exitValue();
    }

    private void awaitOut(String text) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> out().contains(text));
    }

    private String out() throws IOException {
        return Files.readString(directory.resolve("out"));
    }

    private String err() throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream input =
                Objects.requireNonNull(ServiceProcessIT.class.getResourceAsStream("/golden/" + name))) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
