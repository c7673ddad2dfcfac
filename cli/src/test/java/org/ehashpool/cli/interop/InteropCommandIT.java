package org.ehashpool.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The driver against processes: one that keeps the contract, and all the ways not to. */
final class InteropCommandIT {
    private final StringWriter out = new StringWriter();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void shouldPassWhenThePeerKeepsTheContract() throws IOException {
        String peer =
                executable("exec '%s' -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp '%s' %s \"$@\""
                        .formatted(
                                ProcessHandle.current().info().command().orElseThrow(),
                                System.getProperty("java.class.path"),
                                ContractPeer.class.getName()));

        int status = run(
                peer,
                "reference/dials",
                "reference/dials/expired",
                "reference/dials/garbage-from-peer",
                "reference/serves",
                "reference/serves/wrong-authority",
                "reference/serves/garbage-from-ours");

        assertThat(out.toString()).contains("6 passed, 0 failed, 0 not run");
        assertThat(status).isZero();
    }

    @Test
    void shouldFailWhenThePeerEndsAtOnce() throws IOException {
        assertFails(executable("exit 0"), "reference/serves", "the peer does not listen");
        assertFails(executable("exit 0"), "reference/dials", "the peer said nothing");
    }

    @Test
    void shouldFailWhenThePeerClaimsWhatOurEndDidNotSee() throws IOException {
        String liar = executable("echo '{\"event\":\"refused\",\"by\":\"self\",\"reason\":\"Invalid Certificate\"}'");

        assertFails(liar, "reference/dials/expired", "our end: Broken");
    }

    @Test
    void shouldFailWhenThePeersExitStatusContradictsIt() throws IOException {
        String contradictory =
                executable("echo '{\"event\":\"refused\",\"by\":\"self\",\"reason\":\"Invalid Certificate\"}'; exit 3");

        assertFails(contradictory, "reference/dials/expired", "the peer ended with status 3");
    }

    @Test
    void shouldFailWhenThePeerPrintsNoEvents() throws IOException {
        assertFails(executable("echo hello"), "reference/dials", "no JSON: hello");
        assertFails(executable("echo '[1]'"), "reference/dials", "no event: [1]");
    }

    @Test
    void shouldFailWhenThePeersAddressIsNone() throws IOException {
        assertFails(
                executable("echo '{\"event\":\"listening\",\"address\":\"127.0.0.1:99999\"}'"),
                "reference/serves",
                "no address: 127.0.0.1:99999");
    }

    @Test
    void shouldFailAndShowTheOutputWhenThePeerComplains() throws IOException {
        assertFails(executable("echo 'the dog ate it' >&2; exit 2"), "reference/dials", "| ! the dog ate it");
    }

    @Test
    void shouldFailWhenThePeerTalksWithoutEnd() throws IOException {
        assertFails(
                executable("while :; do echo '{\"event\":\"connected\"}'; done"),
                "reference/dials",
                "the peer talks without end");
        assertFails(executable("cat /dev/zero"), "reference/dials", "a line of more than 65536 characters");
    }

    @Test
    void shouldLeaveNothingBehindWhenThePeerHangs() throws IOException {
        Path children = directory.resolve("children");
        String hanging = executable("sleep 600 & echo $! >> '%s'; echo $$ >> '%s'; wait".formatted(children, children));

        assertFails(hanging, "reference/dials", "the peer said nothing for 1 s");

        List<String> processes = Files.readAllLines(children);
        assertThat(processes).hasSize(2);
        for (String process : processes) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> ProcessHandle.of(Long.parseLong(process))
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
        }
    }

    private void assertFails(String peer, String scenario, String report) {
        out.getBuffer().setLength(0);
        assertThat(run(peer, scenario)).isEqualTo(1);
        assertThat(out.toString()).contains("0 passed, 1 failed", report);
    }

    private String executable(String script) throws IOException {
        Path file = Files.createTempFile(directory, "peer", ".sh");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file.toString();
    }

    private int run(String peer, String... scenarios) {
        List<String> arguments = new ArrayList<>(List.of("--peer", "reference=" + peer));
        if (scenarios.length == 1) {
            arguments.addAll(List.of("--timeout", "1"));
        }
        for (String scenario : scenarios) {
            arguments.addAll(List.of("--scenario", scenario));
        }
        return new CommandLine(new InteropCommand())
                .setOut(new PrintWriter(out))
                .execute(arguments.toArray(String[]::new));
    }
}
