package org.ehashpool.mint.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.mint.keyset.MintKeyset;
import org.ehashpool.mint.work.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A mint's process that is killed at a step, and what happens to keysets before its clients ask again. */
abstract class CrashScenario extends MintScenario {

    /** 128 and SIGKILL. */
    private static final int KILLED = 137;

    /** Until the keyset expires that signs when the process is killed. */
    private static final Duration VALIDITY = Duration.ofMinutes(10);

    @TempDir
    private Path directory;

    /** What happens between the kill and the repeated request. */
    enum Meanwhile {
        NOTHING,
        ROTATED,
        EXPIRED
    }

    @AfterEach
    void books() throws Exception {
        assertBooksBalance();
    }

    /** A keyset that signs from now on and expires. */
    final MintKeyset rotateToPerishing() throws Exception {
        long expiry = clock.instant().plus(VALIDITY).getEpochSecond();
        String unit = active().row().unit();
        await(mint().operate(operator -> operator.rotate(unit, 0, OptionalLong.of(expiry))));
        return active();
    }

    final void pass(Meanwhile meanwhile) throws Exception {
        String unit = active().row().unit();
        switch (meanwhile) {
            case NOTHING -> {}
            case ROTATED -> await(mint().operate(operator -> operator.rotate(unit, 0, OptionalLong.empty())));
            case EXPIRED -> {
                clock.advance(VALIDITY.plusSeconds(1));
                await(mint().operate(operator -> operator.rotate(unit, 0, OptionalLong.empty())));
            }
        }
    }

    /** Starts a process of this mint, lets it do what is asked until all of it stands at the step, and kills it. */
    final void dieAt(Step step, List<String> requests) throws Exception {
        PostgresLogin login = TestServer.login();
        Path log = Files.createTempFile(directory, "crash", ".log");
        Process process = new ProcessBuilder(
                        CrashingMint.java(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingMint.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            List<String> lines = new ArrayList<>(List.of(
                    login.url(), login.user(), login.password(), profile().name(), step.name()));
            lines.addAll(requests);
            try (OutputStream input = process.getOutputStream()) {
                input.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
            }
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> !process.isAlive() || reached(log) == requests.size());
        } finally {
            process.toHandle().destroyForcibly();
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(KILLED);
        assertThat(reached(log)).as(Files.readString(log)).isEqualTo(requests.size());
    }

    private static long reached(Path log) throws Exception {
        return Files.readAllLines(log).stream()
                .filter(CrashingMint.REACHED::equals)
                .count();
    }
}
