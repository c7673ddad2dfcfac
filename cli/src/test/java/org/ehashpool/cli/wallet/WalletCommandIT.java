package org.ehashpool.cli.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ehashpool.cli.EhashMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as processes, each with an embedded database of its own wallet, at a mint that nobody answers for. */
final class WalletCommandIT {
    private static final String NO_MINT = "http://127.0.0.1:1";

    @TempDir
    Path home;

    private record Ended(int status, String output, String problems) {}

    private Ended wallet(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                EhashMain.class.getName(),
                "wallet"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(home, "output", "");
        Path problems = Files.createTempFile(home, "problems", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(problems.toFile());
        builder.environment().put("EHASH_HOME", home.toString());
        Process process = builder.start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(output, StandardCharsets.UTF_8),
                Files.readString(problems, StandardCharsets.UTF_8));
    }

    private static Ended good(Ended ended) {
        assertThat(ended.status()).as(ended.problems()).isZero();
        return ended;
    }

    private static void assertRefused(Ended ended, String words) {
        assertThat(ended.status()).as(ended.output() + ended.problems()).isEqualTo(1);
        assertThat(ended.problems()).contains(words).doesNotContain("\tat ");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void shouldMakeASeedOnceAndANewKeyEachTime() throws Exception {
        Path seed = home.resolve("wallet").resolve("seed");
        Ended made = good(wallet("new-key", "--json"));
        assertThat(made.problems())
                .startsWith("a new seed is in " + seed + ": ")
                .hasLineCount(1);
        String first = json(made.output()).path("public_key").asText();
        byte[] words = Files.readAllBytes(seed);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(seed)))
                .isEqualTo("rw-------");
        Ended again = good(wallet("new-key", "--json"));
        assertThat(again.problems()).isEmpty();
        String second = json(again.output()).path("public_key").asText();
        assertThat(List.of(first, second))
                .allMatch(key -> key.matches("0[23][0-9a-f]{64}"))
                .doesNotHaveDuplicates();
        assertThat(Files.readAllBytes(seed)).isEqualTo(words);

        JsonNode shown = json(good(wallet("balance", "--json")).output());
        assertThat(shown.path("locking_key").asText()).isEqualTo(second);
        assertThat(shown.path("balances")).isEmpty();
        assertThat(good(wallet("balance")).output()).contains("nothing yet").contains("cannot yet be exchanged");

        JsonNode claims = json(good(wallet("claims")).output());
        assertThat(claims.path("format").asText()).isEqualTo("ehash-wallet-claims/1");
        List<String> keys = new ArrayList<>();
        claims.path("keys").forEach(key -> keys.add(key.asText()));
        assertThat(keys).contains(first, second);
    }

    @Test
    void shouldSayWhyAndExitWith1WhenItCannotBeDone() throws Exception {
        assertRefused(wallet("balance"), "there is no seed");
        assertRefused(wallet("restore", "--mint", NO_MINT), "there is no seed");
        good(wallet("new-key"));
        assertRefused(wallet("claim"), "--mint URL is needed");
        assertRefused(wallet("claim", "--mint", NO_MINT), "");
        assertRefused(wallet("restore", "--mint", NO_MINT), "");
        assertRefused(wallet("send", "1", "--mint", NO_MINT), NO_MINT);
        assertRefused(wallet("receive", "cashuBnonsense", "--mint", NO_MINT), "");
        assertThat(wallet("send").status()).isEqualTo(2);
    }
}
