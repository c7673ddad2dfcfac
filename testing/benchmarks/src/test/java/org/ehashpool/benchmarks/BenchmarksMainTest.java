package org.ehashpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ehashpool.benchmarks.BenchmarkOptions.Length;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarksMainTest {
    @Test
    void shouldPrintMachineAndTableAndWriteTheReportWhenARowOfEachAreaRuns(@TempDir Path directory) throws Exception {
        Path json = directory.resolve("report.json");
        String printed = run(new BenchmarkOptions(
                List.of(
                        Pattern.compile("frame.roundTrip size=64"),
                        Pattern.compile("handshake.full curve=native"),
                        Pattern.compile("handshake.initiatorFinish curve=java"),
                        Pattern.compile("codec.decode message=Mining.NewExtendedMiningJob"),
                        Pattern.compile("share.extended")),
                false,
                Length.SMOKE,
                Optional.of(json)));

        assertThat(printed)
                .contains(" cores; ")
                .contains("| frame.roundTrip ")
                .contains("| jdkAead.roundTrip ")
                .contains("| handshake.full ")
                .contains("| curve.bothSides ")
                .contains("| codec.decode ")
                .contains("| handWritten.decode ")
                .contains("| share.extended ")
                .contains("| jdkSha256.extendedShare ");
        assertThat(Files.readString(json)).contains("org.ehashpool.benchmarks.FrameBenchmark.roundTrip");
    }

    @Test
    void shouldNameRowsWithoutRunningThemWhenListed() throws Exception {
        assertThat(run(BenchmarkOptions.parse("--list", "curve.verify")).lines())
                .containsExactly("curve.verify curve=native", "curve.verify curve=java");
    }

    @Test
    void shouldRefuseWhenNothingMatches() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(BenchmarkOptions.parse("no such thing")))
                .withMessageContaining("no benchmark matches");
    }

    @Test
    void shouldNameTheProcessorWhenItIsListed() {
        assertThat(Machine.processor(List.of("processor\t: 0", "model name\t: A CPU @ 3 GHz"), "aarch64"))
                .isEqualTo("A CPU @ 3 GHz");
        assertThat(Machine.processor(List.of(), "aarch64")).isEqualTo("aarch64");
    }

    private static String run(BenchmarkOptions options) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BenchmarksMain.run(options, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }
}
