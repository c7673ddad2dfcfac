package org.ehashpool.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.CurveSelection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class KeysCommandTest {

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();

    @Test
    void shouldWriteSecretForItsOwnerOnlyAndPrintOnlyThePublicKey() throws IOException {
        Path file = directory.resolve("authority.key");

        int status = run("new", "--out", file.toString(), "--address", "pool.example:34254");

        assertThat(status).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(out.toString())
                .contains("public key: ")
                .contains("stratum2+tcp://pool.example:34254/")
                .doesNotContain(Files.readString(file).strip());
    }

    @Test
    void shouldShowTheAddressThatWasPrintedWhenTheKeyWasMade() throws IOException {
        Path file = directory.resolve("authority.key");
        run("new", "--out", file.toString(), "--address", "pool.example:34254");
        String made = line("address: ");
        out.getBuffer().setLength(0);

        assertThat(run("show", "--secret", file.toString(), "--address", "pool.example:34254"))
                .isZero();

        assertThat(line("address: ")).isEqualTo(made);
        assertThat(Sv2Url.parse(made, CurveSelection.select(new SecureRandom()).curve())
                        .toString())
                .isEqualTo(made);
    }

    @Test
    void shouldNotOverwriteAKeyWhenTheFileExists() throws IOException {
        Path file = Files.writeString(directory.resolve("authority.key"), "precious");

        int status = run("new", "--out", file.toString());

        assertThat(status).isEqualTo(1);
        assertThat(Files.readString(file)).isEqualTo("precious");
    }

    @Test
    void shouldNameTheMistakeWithoutRepeatingTheSecretWhenTheKeyIsDamaged() throws IOException {
        Path file = directory.resolve("authority.key");
        run("new", "--out", file.toString());
        String secret = Files.readString(file).strip();
        Files.writeString(file, secret.substring(1) + secret.charAt(0));
        out.getBuffer().setLength(0);

        assertThat(run("show", "--secret", file.toString())).isEqualTo(1);

        assertThat(out.toString()).contains("authority secret key").doesNotContain(secret.substring(1));
    }

    private String line(String prefix) {
        return out.toString()
                .lines()
                .filter(each -> each.startsWith(prefix))
                .findFirst()
                .orElseThrow()
                .substring(prefix.length())
                .strip();
    }

    private int run(String... arguments) {
        PrintWriter writer = new PrintWriter(out);
        return new CommandLine(new KeysCommand())
                .setOut(writer)
                .setErr(writer)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    writer.println(failure.getMessage());
                    return 1;
                })
                .execute(arguments);
    }
}
