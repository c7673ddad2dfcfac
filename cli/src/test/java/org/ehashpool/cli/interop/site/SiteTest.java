package org.ehashpool.cli.interop.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.ehashpool.cli.interop.peer.ScenarioFailure;
import org.ehashpool.cli.interop.peer.WatchedProcess;
import org.junit.jupiter.api.Test;

final class SiteTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void shouldLeaveNothingWhenItIsClosed() throws Exception {
        Path directory;
        ProcessHandle process;
        try (Site site = new Site(Map.of(), LONG, Duration.ZERO)) {
            WatchedProcess shell = shell(site, "echo $$; touch left; exec sleep 600");
            site.await("its number", LONG, () -> shell.count("number") > 0);
            process = ProcessHandle.of(Long.parseLong(shell.last("number").orElseThrow()))
                    .orElseThrow();
            directory = site.directory("shell");
            site.await("its file", LONG, () -> Files.exists(directory.resolve("left")));
            assertThat(process.isAlive()).isTrue();
        }
        assertThat(process.isAlive()).isFalse();
        assertThat(directory).doesNotExist();
    }

    @Test
    void shouldFailAtOnceWhenAProcessFailsMeanwhile() throws Exception {
        try (Site site = new Site(Map.of(), LONG, Duration.ZERO)) {
            var _ = shell(site, "echo it burns; exit 3");

            assertThatExceptionOfType(ScenarioFailure.class)
                    .isThrownBy(() -> site.await("rain", LONG, () -> false))
                    .withMessage("shell ended while we waited for rain");
            assertThat(site.lastLines()).containsExactly("shell: it burns");
        }
    }

    @Test
    void shouldFailWhenItDoesNotComeToPassInTime() throws Exception {
        try (Site site = new Site(Map.of(), LONG, Duration.ZERO)) {
            assertThatExceptionOfType(ScenarioFailure.class)
                    .isThrownBy(() -> site.await("rain", Duration.ofMillis(300), () -> {
                        throw new IOException("no answer");
                    }))
                    .withMessage("waited for rain in vain: java.io.IOException: no answer");
        }
    }

    @Test
    void shouldFailWhenTheSitesTimeIsOver() throws Exception {
        try (Site site = new Site(Map.of(), Duration.ofMillis(300), Duration.ZERO)) {
            assertThatExceptionOfType(ScenarioFailure.class)
                    .isThrownBy(() -> site.await("rain", LONG, () -> false))
                    .withMessage("waited for rain in vain");
        }
    }

    @Test
    void shouldGoOnWhenTheAnswerComesLate() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Site site = new Site(Map.of(), LONG, Duration.ZERO)) {
            site.await("the third question", LONG, () -> {
                if (asked.incrementAndGet() < 3) {
                    throw new IOException("not yet");
                }
                return true;
            });
        }
        assertThat(asked).hasValue(3);
    }

    @Test
    void shouldRefuseWhenAPeerIsNotGiven() throws Exception {
        try (Site site = new Site(Map.of(), LONG, Duration.ZERO)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> site.executable("minerd"))
                    .withMessageContaining("minerd");
        }
    }

    private static WatchedProcess shell(Site site, String script) throws IOException {
        return site.start(
                "shell", List.of("/bin/sh", "-c", script), Map.of(), Map.of("number", Pattern.compile("^([0-9]+)$")));
    }
}
