package org.ehashpool.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.cli.interop.Scenario.EndPlay;
import org.ehashpool.cli.interop.Scenario.SitePlay;
import org.ehashpool.cli.interop.peer.ScenarioFailure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class InteropCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private final List<String> played = new ArrayList<>();

    @TempDir
    private Path directory = Path.of("");

    private String peer = "";

    @BeforeEach
    void createPeer() throws IOException {
        Path executable = Files.createFile(directory.resolve("peer"));
        assertThat(executable.toFile().setExecutable(true)).isTrue();
        peer = "alien=" + executable;
    }

    @Test
    void shouldPassWhenEveryScenarioPasses() {
        assertThat(run(List.of(passing("one"), passing("two")), "--peer", peer)).isZero();
        assertThat(played).containsExactly("one", "two");
        assertThat(out.toString()).contains("alien/one", "alien/two", "PASS", "2 passed, 0 failed, 0 not run");
    }

    @Test
    void shouldFailWhenOneScenarioFails() {
        assertThat(run(List.of(passing("one"), failing("two"), passing("three")), "--peer", peer))
                .isEqualTo(1);
        assertThat(played).containsExactly("one", "two", "three");
        assertThat(out.toString()).contains("FAIL", "it went wrong", "2 passed, 1 failed, 0 not run");
    }

    @Test
    void shouldFailWhenAScenarioCannotBePlayed() {
        Scenario broken = new Scenario("alien", "broken", stage -> {
            throw new IOException("no such thing");
        });

        assertThat(run(List.of(broken), "--peer", peer)).isEqualTo(1);
        assertThat(out.toString()).contains("no such thing");
    }

    @Test
    void shouldSayNotRunWhenThePeerIsNotGiven() {
        Scenario other = new Scenario("robot", "one", stage -> played.add("robot"));

        assertThat(run(List.of(passing("one"), other), "--peer", peer)).isZero();
        assertThat(played).containsExactly("one");
        assertThat(out.toString()).contains("robot/one", "not run", "1 passed, 0 failed, 1 not run");
    }

    @Test
    void shouldExitWithTwoWhenNothingRan() {
        assertThat(run(List.of(passing("one")))).isEqualTo(2);
        assertThat(errors.toString()).contains("--peer NAME=PATH", "alien");
    }

    @Test
    void shouldExitWithTwoWhenThePeerIsUnknown() {
        assertThat(run(List.of(passing("one")), "--peer", "martian=/bin/sh")).isEqualTo(2);
        assertThat(errors.toString()).contains("martian", "alien");
    }

    @Test
    void shouldExitWithTwoWhenThePeerIsNoExecutable() {
        assertThat(run(List.of(passing("one")), "--peer", "alien=" + directory)).isEqualTo(2);
        assertThat(errors.toString()).contains(directory.toString(), "no executable file");
    }

    @Test
    void shouldExitWithTwoWhenNoScenarioMatches() {
        assertThat(run(List.of(passing("one")), "--peer", peer, "--scenario", "alien/t*"))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("alien/t*");
    }

    @Test
    void shouldExitWithTwoWhenOurEndIsUnknown() {
        assertThat(run(List.of(passing("one")), "--peer", peer, "--end", "kite"))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("kite", "stub");
    }

    @Test
    void shouldPlayOnlyWhatMatchesWhenPatternsAreGiven() {
        List<Scenario> scenarios = List.of(passing("one"), passing("two"), passing("one.more"), passing("oneXmore"));

        assertThat(run(scenarios, "--peer", peer, "--scenario", "*/one.*", "--scenario", "alien/two"))
                .isZero();
        assertThat(played).containsExactly("two", "one.more");
    }

    @Test
    void shouldNameEverythingWhenListing() {
        assertThat(run(List.of(passing("one"), failing("two")), "--list")).isZero();
        assertThat(played).isEmpty();
        assertThat(out.toString()).contains("alien/one", "alien/two", "peers: alien", "our ends: stub, suite");
    }

    @Test
    void shouldPrintOneDocumentWhenJsonIsAskedFor() throws IOException {
        Scenario other = new Scenario("robot", "one", stage -> played.add("robot"));

        assertThat(run(List.of(passing("one"), failing("two"), other), "--peer", peer, "--json"))
                .isEqualTo(1);
        JsonNode rows = new ObjectMapper().readTree(out.toString()).path("scenarios");
        assertThat(rows).extracting(row -> row.path("result").asText()).containsExactly("pass", "fail", "not_run");
        assertThat(rows.get(0).path("our_end").asText()).isEqualTo("stub");
        assertThat(rows.get(1).path("reason").asText()).isEqualTo("it went wrong");
    }

    @Test
    void shouldPlayOnceWithWholeProgramsWhenEveryPeerIsGiven() {
        List<Scenario> scenarios = List.of(whole(site -> played.add("whole")));

        assertThat(run(scenarios, "--peer", peer, "--peer", peer.replace("alien", "robot")))
                .isZero();
        assertThat(played).containsExactly("whole");
        assertThat(out.toString()).contains("alien/and/robot", "suite", "PASS");
    }

    @Test
    void shouldSayNotRunWhenOneOfItsPeersIsNotGiven() {
        List<Scenario> scenarios = List.of(passing("one"), whole(site -> played.add("whole")));

        assertThat(run(scenarios, "--peer", peer)).isZero();
        assertThat(played).containsExactly("one");
        assertThat(out.toString()).contains("1 passed, 0 failed, 1 not run");
    }

    @Test
    void shouldFailWhenAScenarioOfWholeProgramsFails() {
        List<Scenario> scenarios = List.of(
                whole(site -> {
                    throw new ScenarioFailure("the node sulks");
                }),
                whole(site -> {
                    throw new IOException("the cable is cut");
                }),
                whole(site -> {
                    throw new IllegalStateException("there is no such program");
                }));

        assertThat(run(scenarios, "--peer", peer, "--peer", peer.replace("alien", "robot")))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("the node sulks", "the cable is cut", "there is no such program", "0 passed, 3 failed");
    }

    @Test
    void shouldPlayWithWholeProgramsOnlyWhenTheSuiteIsTheEnd() {
        List<Scenario> scenarios = List.of(passing("one"), whole(site -> played.add("whole")));

        assertThat(run(scenarios, "--peer", peer, "--peer", peer.replace("alien", "robot"), "--end", "suite"))
                .isZero();
        assertThat(played).containsExactly("whole");
    }

    @Test
    void shouldPlayWithoutWholeProgramsWhenTheEndIsAnother() {
        List<Scenario> scenarios = List.of(passing("one"), whole(site -> played.add("whole")));

        assertThat(run(scenarios, "--peer", peer, "--peer", peer.replace("alien", "robot"), "--end", "stub"))
                .isZero();
        assertThat(played).containsExactly("one");
    }

    private static Scenario whole(SitePlay play) {
        return new Scenario("alien/and/robot", List.of("alien", "robot"), play);
    }

    private Scenario passing(String name) {
        return new Scenario("alien", name, stage -> played.add(name));
    }

    private Scenario failing(String name) {
        EndPlay play = stage -> {
            played.add(name);
            throw new ScenarioFailure("it went wrong");
        };
        return new Scenario("alien", name, play);
    }

    private int run(List<Scenario> scenarios, String... arguments) {
        InteropCommand command = new InteropCommand(
                new SecureRandom(), InstantSource.system(), curve -> List.of(new StubEnd()), scenarios);
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }

    private static final class StubEnd implements OurEnd {
        @Override
        public String name() {
            return "stub";
        }

        @Override
        public Listening listen(Serving serving) throws IOException {
            throw new IOException("does not listen");
        }

        @Override
        public Outcome dial(Dialling dialling) {
            return new Outcome.Broken("does not dial");
        }
    }
}
