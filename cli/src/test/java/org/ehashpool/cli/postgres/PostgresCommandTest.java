package org.ehashpool.cli.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class PostgresCommandTest {

    @TempDir
    private Path directory;

    private final StringWriter output = new StringWriter();

    @Test
    void shouldSayAbsentWhenThereAreNoData() {
        assertThat(run("status", "--directory", directory.toString())).isZero();

        assertThat(output.toString()).contains("state      absent").contains(directory.toString());
    }

    @Test
    void shouldAskForOneLocationWhenNoneOrTwoAreGiven() {
        assertThat(run("status")).isEqualTo(2);
        assertThat(run("status", "--directory", directory.toString(), "--service", "endpoint"))
                .isEqualTo(2);

        assertThat(output.toString()).contains("either --directory or --service");
    }

    @Test
    void shouldRefuseWhenThereIsNothingToBackUp() {
        assertThat(run(
                        "backup",
                        "--directory",
                        directory.toString(),
                        "--out",
                        directory.resolve("b").toString()))
                .isEqualTo(1);

        assertThat(output.toString()).contains("there are no data in");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldRefuseWhenTheBackupDoesNotExist() {
        assertThat(run(
                        "restore",
                        "--directory",
                        directory.toString(),
                        "--from",
                        directory.resolve("b").toString()))
                .isEqualTo(2);

        assertThat(output.toString()).contains("--from: no file");
    }

    private int run(String... arguments) {
        PrintWriter writer = new PrintWriter(output, true);
        return new CommandLine(new PostgresCommand())
                .setOut(writer)
                .setErr(writer)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    writer.println(failure.getMessage());
                    return 1;
                })
                .execute(arguments);
    }
}
