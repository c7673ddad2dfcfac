package org.ehashpool.cli.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchedProcessTest {
    private static final Map<String, Pattern> KINDS =
            Map.of("share", Pattern.compile("share ([0-9]+)"), "error", Pattern.compile("(?i)error"));

    @TempDir
    private Path directory = Path.of("");

    private final PeerOutput output = new PeerOutput();

    @Test
    void shouldCountAndKeepTheLastWhenLinesAreOfAKind() throws IOException {
        try (WatchedProcess process =
                start("echo share 1; echo; echo 'a share 22!' >&2; printf 'ERROR at the end'; exit 7")) {
            awaitEnd(process);
            assertThat(process.count("share")).isEqualTo(2);
            assertThat(process.last("share")).contains("22");
            assertThat(process.last("error")).contains("ERROR");
            assertThat(process.exitStatus()).contains(7);
            assertThat(process.lastLines()).containsExactly("share 1", "", "a share 22!", "ERROR at the end");
        }
    }

    @Test
    void shouldSeeThroughColoursWhenAProgramPrintsThem() throws IOException {
        try (WatchedProcess process = start("printf '\\033[32mshare\\033[0m 5\\n'")) {
            awaitEnd(process);
            assertThat(process.last("share")).contains("5");
        }
    }

    @Test
    void shouldGoOnReadingWhenALineHasNoEnd() throws IOException {
        try (WatchedProcess process = start("head -c 300000 /dev/zero; echo; echo share 9")) {
            awaitEnd(process);
            assertThat(process.last("share")).contains("9");
        }
    }

    @Test
    void shouldRefuseWhenNobodyLooksForTheKind() throws IOException {
        try (WatchedProcess process = start("true")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> process.count("block"))
                    .withMessageContaining("block");
        }
    }

    @Test
    void shouldEndTheChildrenTooWhenItIsClosed() throws IOException {
        ProcessHandle child;
        try (WatchedProcess process = start("sleep 600 & echo share $!; wait")) {
            Awaitility.await().until(() -> process.count("share") > 0);
            child = ProcessHandle.of(Long.parseLong(process.last("share").orElseThrow()))
                    .orElseThrow();
        }
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !child.isAlive());
    }

    private static void awaitEnd(WatchedProcess process) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> process.exitStatus().isPresent());
    }

    private WatchedProcess start(String script) throws IOException {
        return WatchedProcess.start("shell", List.of("/bin/sh", "-c", script), Map.of(), directory, output, KINDS);
    }
}
