package org.ehashpool.kit.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.ehashpool.kit.service.SampleMain.SampleConfig;
import org.ehashpool.kit.service.SampleMain.SampleService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceMainTest {
    @TempDir
    private Path directory;

    private final ServiceMain<SampleConfig> main =
            ServiceMain.of("sample", "Greets.", SampleConfig.class, SampleService::new);
    private final TestProcess process = new TestProcess();

    @Test
    void shouldPrintVersionWhenAsked() throws Exception {
        assertThat(process.start(main, "--version").exitStatus()).isZero();
        assertThat(process.out()).startsWith("sample 0.").contains("(Java " + Runtime.version() + ", ");
    }

    @Test
    void shouldPrintHelpWhenAsked() throws Exception {
        assertThat(process.start(main, "--help").exitStatus()).isZero();
        assertThat(process.out()).startsWith("Usage: sample ").contains("Greets.", "--config", "--check", "--version");
    }

    @Test
    void shouldPrintTemplateWhenAsked() throws Exception {
        assertThat(process.start(main, "--print-default-config").exitStatus()).isZero();
        assertThat(process.out())
                .contains("# What is said.\n# Expects a text. Reloadable.\n#greeting = \"hello\"\n")
                .contains("[http]\n", "#listen = \"127.0.0.1:0\"\n", "[log]\n", "[runtime]\n");
    }

    @Test
    void shouldExitWithStatus2WhenCommandLineIsWrong() throws Exception {
        assertThat(process.start(main, "--confg", "x").exitStatus()).isEqualTo(2);
        assertThat(process.err()).contains("--confg", "Usage: sample");
    }

    @Test
    void shouldExitWithStatus2AndStartNothingWhenConfigIsWrong() throws Exception {
        process.environment.put("SAMPLE__REPEAT", "10");
        assertThat(process.start(
                                main,
                                "--config",
                                directory.resolve("absent.toml").toString())
                        .exitStatus())
                .isEqualTo(2);
        assertThat(process.err())
                .contains("2 problems in the configuration:", "absent.toml: expected an existing file")
                .contains("SAMPLE__REPEAT: repeat = \"10\": expected a whole number from 1 to 9");
        assertThat(process.log()).isEmpty();
    }

    @Test
    void shouldPrintEffectiveConfigWithoutSecretsWhenChecking() throws Exception {
        Path file = Files.writeString(directory.resolve("sample.toml"), "greeting = 'hi'\npassword = 'hunter2'\n");
        assertThat(process.start(main, "--check", "--config", file.toString()).exitStatus())
                .isZero();
        assertThat(process.out())
                .contains(
                        "greeting = \"hi\"  # " + file + ":1:1",
                        "password = \"[redacted]\"",
                        "listen = \"127.0.0.1:0\"")
                .doesNotContain("hunter2");
        assertThat(process.log()).isEmpty();
    }
}
