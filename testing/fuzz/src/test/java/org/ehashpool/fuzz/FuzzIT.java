package org.ehashpool.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate's search: all targets in one process, from all that is kept, for some seconds. */
class FuzzIT {
    private static final String SECONDS = "10s";
    private static final long MINUTES_TO_START_AND_END = 4;
    private static final int FEWEST_EXECUTIONS = 20;

    /** Far below what is reached, far above what an instrumentation that does not work would show. */
    private static final int LEAST_COVERAGE = 1_000;

    private static final Pattern COVERAGE = Pattern.compile("DONE +cov: (\\d+)");
    private static final Pattern EXECUTIONS = Pattern.compile("executions of ([a-z-]+): (\\d+)");

    @Test
    void shouldFindNothingWhenAllTargetsAreFuzzedForAMoment() throws Exception {
        Path work = Files.createDirectories(property("fuzz.work"));
        Path log = work.resolve("all.log");
        int status = fuzz(work, log, "all", "--for", SECONDS);
        String output = Files.readString(log);

        assertThat(status).as(output).isZero();
        Matcher coverage = COVERAGE.matcher(output);
        assertThat(coverage.find()).as(output).isTrue();
        assertThat(Integer.parseInt(coverage.group(1))).isGreaterThan(LEAST_COVERAGE);
        for (FuzzTarget target : EverythingProperty.targets()) {
            assertThat(executions(output, target)).as(target.title()).isGreaterThanOrEqualTo(FEWEST_EXECUTIONS);
        }
    }

    @Test
    void shouldExitWithTwoWhenCommandLineIsNotUnderstood(@TempDir Path work) throws Exception {
        Path log = work.resolve("log");
        assertThat(fuzz(work, log, "nothing")).isEqualTo(2);
        assertThat(Files.readString(log))
                .startsWith("fuzz: no target \"nothing\"")
                .contains("usage:");
    }

    private static int executions(String output, FuzzTarget target) {
        return EXECUTIONS
                .matcher(output)
                .results()
                .filter(line -> line.group(1).equals(target.title()))
                .mapToInt(line -> Integer.parseInt(line.group(2)))
                .sum();
    }

    private static int fuzz(Path work, Path log, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dfuzz.work=" + work,
                "-Dfuzz.kept=" + Path.of("src/test/resources/corpus").toAbsolutePath(),
                "-cp",
                property("fuzz.programs") + "/*",
                FuzzMain.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(MINUTES_TO_START_AND_END, TimeUnit.MINUTES))
                    .as("ended, log: " + log)
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path property(String name) {
        return Path.of(Objects.requireNonNull(System.getProperty(name), name));
    }
}
