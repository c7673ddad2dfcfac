package org.ehashpool.cli.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.quote.LookupSignatures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class LookupProofTest {
    private static final SecretKey MINT = SecretKey.parse("11".repeat(32));

    private final StringWriter output = new StringWriter();

    @TempDir
    Path directory;

    private int run(String... arguments) {
        return new CommandLine(new WalletCommand(Map.of("EHASH_HOME", directory.toString())))
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }

    @Test
    void shouldProveAKeyToOneMintWhoseKeyIsPinned() throws Exception {
        Path file = directory.resolve("key");
        assertThat(run("new-key", "--key-file", file.toString())).isZero();
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        PublicKey key = SecretKey.parse(Files.readString(file).strip()).publicKey();
        assertThat(output.toString()).contains("mine as " + key + ".worker");
        output.getBuffer().setLength(0);

        String mint = "https://mint.example#" + MINT.publicKey();
        assertThat(run("lookup-request", "--key-file", file.toString(), "--mint", mint))
                .isZero();
        JsonNode body = new ObjectMapper().readTree(output.toString());
        assertThat(body.path("pubkeys").path(0).asText()).isEqualTo(key.toString());
        long timestamp = body.path("timestamp").asLong();
        String signature = body.path("pubkey_signatures").path(0).asText();
        assertThat(LookupSignatures.verify(MINT.publicKey(), key, timestamp, signature))
                .isTrue();
        assertThat(LookupSignatures.verify(key, key, timestamp, signature)).isFalse();
    }

    @Test
    void shouldRefuseWithoutAKeyOrAMint() {
        assertThat(run("lookup-request", "--mint", "https://mint.example")).isEqualTo(2);
        Path file = directory.resolve("another");
        assertThat(run("new-key", "--key-file", file.toString())).isZero();
        assertThat(run("lookup-request", "--key-file", file.toString())).isEqualTo(1);
    }
}
