package org.ehashpool.kit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentOverlayTest {
    @TempDir
    private Path directory;

    private final ConfigLoader<SampleConfig> loader = ConfigLoader.of("sample", SampleConfig.class);

    @Test
    void shouldReplaceFileWhenVariableGivesKey() throws Exception {
        SampleConfig config = load(
                """
                        upstream = "https://file.example"
                        max_connections = 5
                        verbose = false
                        """, Map.of("MAX_CONNECTIONS", "7", "VERBOSE", "true", "LISTEN_HTTP__PORT", "8080", "FEE", "0.125"));

        assertThat(config.maxConnections()).isEqualTo(7);
        assertThat(config.verbose()).isTrue();
        assertThat(config.listenHttp().port()).isEqualTo(8080);
        assertThat(config.fee()).isEqualTo(0.125);
    }

    @Test
    void shouldReadListsAndMapsWhenWrittenWithCommasOrIndices() throws Exception {
        SampleConfig config = load(
                "upstream = \"https://file.example\"\n[[mints]]\nurl = \"https://one.example\"\n",
                Map.of(
                        "PEERS", "a:1, b:2",
                        "PEERS__2", "c:3",
                        "WEIGHTS", "x.y=1",
                        "WEIGHTS__Z", "2",
                        "MINTS__0__UNIT", "sat",
                        "MINTS__1__URL", "https://two.example"));

        assertThat(config.peers()).containsExactly(new HostPort("a", 1), new HostPort("b", 2), new HostPort("c", 3));
        assertThat(config.weights()).isEqualTo(Map.of("x.y", 1, "z", 2));
        assertThat(config.mints())
                .containsExactly(
                        new SampleConfig.Mint(URI.create("https://one.example"), "sat", Optional.empty()),
                        new SampleConfig.Mint(URI.create("https://two.example"), "hash", Optional.empty()));
    }

    @Test
    void shouldSortIndicesAsNumbersWhenThereAreMoreThanTen() throws Exception {
        Map<String, String> peers = new HashMap<>();
        for (int index = 0; index < 12; index++) {
            peers.put("PEERS__" + index, "h" + index + ":" + index);
        }

        assertThat(load("upstream = \"https://file.example\"", peers).peers())
                .extracting(HostPort::port)
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    @Test
    void shouldReplaceListWithEmptyOneWhenVariableIsBlank() throws Exception {
        assertThat(load("upstream = \"https://file.example\"\npeers = [\"a:1\"]", Map.of("PEERS", ""))
                        .peers())
                .isEmpty();
    }

    @Test
    void shouldReportVariablesWhenTheyAreUnknownOrWrong() {
        assertThat(problems(Map.of(
                        "MAX_CONECTIONS", "hunter2",
                        "LISTEN_HTTP", "hunter2",
                        "VERBOSE__X", "hunter2",
                        "MINTS", "hunter2",
                        "MINTS__1__URL", "hunter2",
                        "PEERS__X", "hunter2",
                        "WEIGHTS", "hunter2",
                        "TOKEN", "hunter2",
                        "TOKEN_FILE", "hunter2",
                        "MAX_CONNECTIONS", "0")))
                .containsExactlyInAnyOrder(
                        "SAMPLE__MAX_CONECTIONS: max_conections = [not shown]: expected a known key; did you mean"
                                + " SAMPLE__MAX_CONNECTIONS?",
                        "SAMPLE__LISTEN_HTTP: listen_http = [not shown]: expected a key below it, SAMPLE__LISTEN_HTTP__…",
                        "SAMPLE__VERBOSE__X: verbose.x = [not shown]: expected a known key; did you mean"
                                + " SAMPLE__VERBOSE?",
                        "SAMPLE__MINTS: mints = [not shown]: expected an index, SAMPLE__MINTS__0__…",
                        "SAMPLE__MINTS__1__URL: mints.1.url = [not shown]: expected an index from 0 to 0, the end of"
                                + " the list",
                        "SAMPLE__PEERS__X: peers.x = [not shown]: expected an index from 0 to 0, the end of the list",
                        "SAMPLE__WEIGHTS: weights = [not shown]: expected key=value,key=value",
                        "SAMPLE__TOKEN_FILE: token = [redacted]: expected one variable for it, not SAMPLE__TOKEN as"
                                + " well",
                        "SAMPLE__MAX_CONNECTIONS: max_connections = \"0\": expected a whole number from 1 to 65535");
    }

    @Test
    void shouldIgnoreVariablesWhenTheyBelongToOthers() throws Exception {
        SampleConfig config = loader.load(
                        Optional.of(file("upstream = \"https://file.example\"")),
                        Map.of("SAMPLE_STATS__LISTEN", "x", "PATH", "/bin", "sample__listen", "x", "SAMPLE_", "x"))
                .value();

        assertThat(config.listen()).isEqualTo(new HostPort("0.0.0.0", 34254));
    }

    @Test
    void shouldLoadWhenThereIsNoFile() throws Exception {
        assertThat(loader.load(Optional.empty(), Map.of("SAMPLE__UPSTREAM", "https://env.example"))
                        .value()
                        .upstream())
                .isEqualTo(URI.create("https://env.example"));
    }

    private SampleConfig load(String toml, Map<String, String> variables) throws ConfigException {
        return loader.load(Optional.of(file(toml)), prefixed(variables)).value();
    }

    private List<String> problems(Map<String, String> variables) {
        Path file = file("upstream = \"https://file.example\"");
        ConfigException thrown = Objects.requireNonNull(
                catchThrowableOfType(ConfigException.class, () -> loader.load(Optional.of(file), prefixed(variables))));
        return thrown.problems().stream().map(ConfigProblem::describe).toList();
    }

    private static Map<String, String> prefixed(Map<String, String> variables) {
        Map<String, String> prefixed = new HashMap<>();
        variables.forEach((name, value) -> prefixed.put("SAMPLE__" + name, value));
        return prefixed;
    }

    private Path file(String toml) {
        try {
            return Files.writeString(directory.resolve("sample.toml"), toml);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
