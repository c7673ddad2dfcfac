package org.ehashpool.kit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    private static final String UPSTREAM = "upstream = 'https://pool.example'\n";

    @TempDir
    private Path directory;

    private final ConfigLoader<SampleConfig> loader = ConfigLoader.of("sample", SampleConfig.class);

    @Test
    void shouldUseDefaultsWhenOnlyRequiredKeysAreGiven() throws ConfigException {
        SampleConfig config = load(UPSTREAM).value();

        assertThat(config)
                .isEqualTo(new SampleConfig(
                        new HostPort("0.0.0.0", 34254),
                        16,
                        1,
                        0.5,
                        false,
                        Duration.ofMillis(5),
                        new ByteSize(65_536),
                        Path.of("data"),
                        URI.create("https://pool.example"),
                        SampleConfig.Policy.LEADING_ZEROS,
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        new SampleConfig.Listen(9108, "127.0.0.1"),
                        List.of(),
                        Optional.empty()));
    }

    @Test
    void shouldReadEveryTypeWhenFileGivesIt() throws ConfigException {
        SampleConfig config = load("""
                listen = "[::1]:1"
                max_connections = 65_535
                unit_work = 9_223_372_036_854_775_807
                fee = 1
                verbose = true
                linger = "1s"
                frame_limit = "16MiB"
                directory = "/var/lib/pool"
                upstream = "stratum2+tcp://pool.example:34254/KEY"
                policy = "leading_zeros"
                nickname = "näme"
                peers = ["a:1", "[fe80::1]:2"]
                weights = { "a.b" = 1, c = 2 }
                listen_http = { host = "::" }
                token = "hunter2"

                [[mints]]
                url = "https://one.example"

                [[mints]]
                url = "https://two.example"
                unit = "sat"
                key = "hunter3"
                """).value();

        assertThat(config)
                .isEqualTo(new SampleConfig(
                        new HostPort("::1", 1),
                        65_535,
                        Long.MAX_VALUE,
                        1.0,
                        true,
                        Duration.ofSeconds(1),
                        new ByteSize(16 << 20),
                        Path.of("/var/lib/pool"),
                        URI.create("stratum2+tcp://pool.example:34254/KEY"),
                        SampleConfig.Policy.LEADING_ZEROS,
                        Optional.of("näme"),
                        List.of(new HostPort("a", 1), new HostPort("fe80::1", 2)),
                        Map.of("a.b", 1, "c", 2),
                        new SampleConfig.Listen(9108, "::"),
                        List.of(
                                new SampleConfig.Mint(URI.create("https://one.example"), "hash", Optional.empty()),
                                new SampleConfig.Mint(
                                        URI.create("https://two.example"), "sat", Optional.of(Secret.of("hunter3")))),
                        Optional.of(Secret.of("hunter2"))));
    }

    @Test
    void shouldReportEveryProblemWhenFileHasFiveMistakes() {
        assertThat(problems("""
                lisen = "0.0.0.0:1"
                max_connections = 70000
                linger = 5
                policy = "generous"
                token = 17

                [listen_http]
                host = ""
                """))
                .containsExactly(
                        "sample.toml:1:1: lisen = \"0.0.0.0:1\": expected a known key; did you mean listen?",
                        "sample.toml:2:1: max_connections = 70000: expected a whole number from 1 to 65535",
                        "sample.toml:3:1: linger = 5: expected a duration such as \"500ms\", \"10s\" or \"1h\" of at most 1s",
                        "sample.toml:4:1: policy = \"generous\": expected one of \"work\", \"leading-zeros\"",
                        "sample.toml:5:1: token = [redacted]: expected a text that is not empty, or { file = \"path\" }",
                        "sample.toml:7:1: listen_http: expected a host that is not blank",
                        "sample.toml: upstream: expected an absolute URI such as \"https://mint.example\"; it is missing");
    }

    @Test
    void shouldNameSyntaxErrorsAndOtherProblemsWhenFileIsNotToml() {
        assertThat(problems("""
                token = hunter2
                verbose = true
                verbose = false
                fee = 2.0
                peers = ["a:1"
                """))
                .containsExactly(
                        "sample.toml:1:9: token: expected valid TOML: ', \", ''', \"\"\", a number, a boolean, a date/time,"
                                + " an array, or a table",
                        "sample.toml:3:1: verbose: expected verbose once; it stands at line 2, column 1 already",
                        "sample.toml:4:1: fee = 2.0: expected a number from 0 to 1",
                        "sample.toml:6:1: expected valid TOML: ], a comma, or a newline");
    }

    @Test
    void shouldNotShowSecretsWhenTheyStandUnderUnknownOrWrongKeys() {
        assertThat(String.join("\n", problems(UPSTREAM + """
                tokn = "hunter2"
                api_password = "hunter2"
                mints = [{ url = "https://user:hunter2@x y", keys = "hunter2" }]
                """)))
                .contains("tokn = [redacted]", "api_password = [redacted]", "//[redacted]@x y")
                .doesNotContain("hunter2");
    }

    @Test
    void shouldNameElementWhenListHasAProblem() {
        assertThat(problems(UPSTREAM + """
                peers = ["a:1", "b"]
                mints = [{ url = "https://one.example" }, { unit = "sat", url = "relative" }]
                weights = { a = "x" }
                """))
                .containsExactly(
                        "sample.toml:2:17: peers[1] = \"b\": expected a host and port such as \"127.0.0.1:9108\" or"
                                + " \"[::1]:9108\"",
                        "sample.toml:3:59: mints[1].url = \"relative\": expected an absolute URI such as"
                                + " \"https://mint.example\"",
                        "sample.toml:4:13: weights.a = \"x\": expected a whole number");
    }

    @Test
    void shouldSayWhatWasExpectedWhenShapesDiffer() {
        assertThat(problems(UPSTREAM + """
                listen = { host = "a" }
                peers = "a:1"
                listen_http = 9108
                verbose = [true]
                mints = { url = "https://one.example" }
                """))
                .containsExactly(
                        "sample.toml:2:1: listen = {…}: expected a host and port such as \"127.0.0.1:9108\" or \"[::1]:9108\"",
                        "sample.toml:3:1: peers = \"a:1\": expected a list",
                        "sample.toml:4:1: listen_http = 9108: expected a table",
                        "sample.toml:5:1: verbose = […]: expected true or false",
                        "sample.toml:6:1: mints = {…}: expected a list");
    }

    @Test
    void shouldSayWhyWhenFileCannotBeRead() {
        assertThat(problems(Path.of("absent.toml"), Map.of()))
                .containsExactly("absent.toml: expected an existing file");
    }

    @Test
    void shouldRefuseWhenFileIsTooLargeNotUtf8OrNestedTooDeeply() throws IOException {
        Path large = Files.writeString(directory.resolve("large.toml"), "#".repeat((1 << 20) + 1));
        Path latin = Files.write(directory.resolve("latin.toml"), new byte[] {'#', (byte) 0xe9, '\n'});
        Path deep = Files.writeString(
                directory.resolve("deep.toml"), "a = " + "[".repeat(200_000) + "]".repeat(200_000) + "\n");

        assertThat(problems(large, Map.of())).containsExactly(large + ": expected a file of at most 1MiB");
        assertThat(problems(latin, Map.of())).containsExactly(latin + ": expected a file in UTF-8");
        assertThat(problems(deep, Map.of())).containsExactly(deep + ": expected tables and lists nested less deeply");
    }

    @Test
    void shouldReadSecretFromFileWhenOnlyOwnerMayReadIt() throws Exception {
        Path secret = Files.writeString(directory.resolve("token"), "hunter2\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));

        assertThat(load(UPSTREAM + "token = { file = 'token' }").value().token())
                .contains(Secret.of("hunter2"));
        assertThat(loader.load(Optional.of(file(UPSTREAM)), Map.of("SAMPLE__TOKEN_FILE", secret.toString()))
                        .value()
                        .token())
                .contains(Secret.of("hunter2"));
    }

    @Test
    void shouldRefuseSecretFileWhenOthersMayReadItOrItIsAbsentOrEmpty() throws IOException {
        Path open = Files.writeString(directory.resolve("open"), "hunter2\n");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        Path empty = Files.writeString(directory.resolve("empty"), "\n");
        Files.setPosixFilePermissions(empty, PosixFilePermissions.fromString("rw-------"));

        assertThat(problems(UPSTREAM + "token = { file = 'open' }"))
                .containsExactly("sample.toml:2:1: token = { file = \"open\" }: expected a file that only its owner may"
                        + " read (chmod 600), not rw-r--r--");
        assertThat(problems(UPSTREAM + "token = { file = 'absent' }"))
                .containsExactly("sample.toml:2:1: token = { file = \"absent\" }: expected an existing file");
        assertThat(problems(UPSTREAM + "token = { file = 'empty' }"))
                .containsExactly("sample.toml:2:1: token = { file = \"empty\" }: expected a file that is not empty");
    }

    @Test
    void shouldPrintEffectiveConfigWithSourcesAndWithoutSecrets() throws Exception {
        String toml = loader.load(
                        Optional.of(file(
                                UPSTREAM + "token = 'hunter2'\n[[mints]]\nurl = 'https://u:hunter2@one.example'\n")),
                        Map.of("SAMPLE__LISTEN_HTTP__PORT", "1", "SAMPLE__WEIGHTS", "a.b=1"))
                .toToml()
                .replace(directory + "/", "");

        assertThat(toml).isEqualTo("""
                # Effective configuration of sample.
                listen = "0.0.0.0:34254"  # default
                max_connections = 16  # default
                unit_work = 1  # default
                fee = 0.5  # default
                verbose = false  # default
                linger = "5ms"  # default
                frame_limit = "64KiB"  # default
                directory = "data"  # default
                upstream = "https://pool.example"  # sample.toml:1:1
                policy = "leading-zeros"  # default
                # nickname is not set
                peers = []  # default
                token = "[redacted]"  # sample.toml:2:1

                [weights]
                "a.b" = 1  # SAMPLE__WEIGHTS

                [listen_http]
                port = 1  # SAMPLE__LISTEN_HTTP__PORT
                host = "127.0.0.1"  # default

                [[mints]]
                url = "https://[redacted]@one.example"  # sample.toml:4:1
                unit = "hash"  # default
                # key is not set
                """);
    }

    @Test
    void shouldLoadSameConfigWhenEffectiveConfigIsLoaded() throws ConfigException {
        LoadedConfig<SampleConfig> loaded = load(UPSTREAM
                + "peers = ['a:1']\nfee = 0.25\nnickname = \"\\\"quoted\\\" \\u0007\"\n[weights]\n'x y' = 3\n");

        assertThat(load(loaded.toToml()).value()).isEqualTo(loaded.value());
    }

    @Test
    void shouldPrintTemplateThatLoadsOnceRequiredKeysAreGiven() throws ConfigException {
        String template = loader.template();

        assertThat(template)
                .contains("# Where miners connect.\n# Expects a host and port", "#listen = \"0.0.0.0:34254\"\n")
                .contains(
                        "# Expects a duration such as \"500ms\", \"10s\" or \"1h\" of at most 1s. Reloadable.\n#linger")
                .contains("# Expects an absolute URI such as \"https://mint.example\". Required.\n#upstream = \n")
                .contains("[listen_http]\n", "#port = 9108\n", "#[[mints]]\n");
        assertThat(load(template.replace("#upstream = ", UPSTREAM)).value())
                .isEqualTo(load(UPSTREAM).value());
    }

    @Test
    void shouldApplyOnlyReloadableKeysWhenPlanningReload() throws ConfigException {
        LoadedConfig<SampleConfig> running = load(UPSTREAM + "token = 'one'");
        LoadedConfig<SampleConfig> wanted =
                load(UPSTREAM + "token = 'two'\nlinger = '6ms'\nverbose = true\nlisten_http = { host = 'h' }");

        ReloadPlan<SampleConfig> plan = loader.plan(running, wanted);

        assertThat(plan.applied()).containsExactly("linger");
        assertThat(plan.needRestart()).containsExactly("verbose", "listen_http.host", "token");
        assertThat(plan.config().value().linger()).isEqualTo(Duration.ofMillis(6));
        assertThat(plan.config().value().verbose()).isFalse();
        assertThat(plan.config().value().listenHttp().host()).isEqualTo("127.0.0.1");
        assertThat(plan.config().value().token()).contains(Secret.of("one"));
        assertThat(plan.config().toToml()).contains("linger = \"6ms\"  # ", "verbose = false  # default");
    }

    @Test
    void shouldRefuseReloadWhenReloadableKeysDoNotFitRunningOnes() throws Exception {
        ConfigLoader<Window> windows = ConfigLoader.of("sample", Window.class);
        LoadedConfig<Window> running = windows.load(Optional.of(file("least = 1\nmost = 2")), Map.of());
        LoadedConfig<Window> wanted = windows.load(Optional.of(file("least = 5\nmost = 6")), Map.of());

        assertThatThrownBy(() -> windows.plan(running, wanted))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("least must not be above most");
    }

    record Window(@Reloadable int least, int most) {
        Window {
            if (least > most) {
                throw new IllegalArgumentException("least must not be above most");
            }
        }
    }

    @Test
    void shouldFailAsBugWhenRecordCannotBeAConfiguration() {
        assertThatThrownBy(() -> ConfigLoader.of("sample", Unsupported.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("java.lang.Object");
        assertThatThrownBy(() -> ConfigLoader.of("sample", Recursive.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("contains itself");
    }

    record Unsupported(Object anything) {}

    record Recursive(Optional<Recursive> inner) {}

    private LoadedConfig<SampleConfig> load(String toml) throws ConfigException {
        return loader.load(Optional.of(file(toml)), Map.of());
    }

    private List<String> problems(String toml) {
        return problems(file(toml), Map.of()).stream()
                .map(line -> line.replace(directory + "/", ""))
                .toList();
    }

    private List<String> problems(Path file, Map<String, String> environment) {
        ConfigException thrown = Objects.requireNonNull(
                catchThrowableOfType(ConfigException.class, () -> loader.load(Optional.of(file), environment)));
        return thrown.problems().stream().map(ConfigProblem::describe).toList();
    }

    private Path file(String toml) {
        try {
            return Files.writeString(directory.resolve("sample.toml"), toml);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
