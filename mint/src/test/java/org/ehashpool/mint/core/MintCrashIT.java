package org.ehashpool.mint.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.mint.issue.IssueRequest;
import org.ehashpool.mint.keyset.MintKeyset;
import org.ehashpool.mint.restore.Restored;
import org.ehashpool.mint.store.StoredQuote;
import org.ehashpool.mint.swap.SwapRequest;
import org.ehashpool.mint.work.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mint that dies at every step of what it does: nothing is lost, nothing is there twice. */
final class MintCrashIT extends MintScenario {

    @TempDir
    private Path directory;

    @AfterEach
    void books() throws Exception {
        assertBooksBalance();
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveSwappedOnceOrNotAtAllWhenKilled(Step step) throws Exception {
        List<Proof> inputs = proofs(8, 4);
        List<TestWallet.Output> outputs = wallet.outputs(active(), 4, 8);
        SwapRequest request = swap(inputs, outputs);

        dieAt(step, "swap", CrashingMint.Requests.write(request));
        MintKeyset signer = active();
        if (step == Step.COMMITTED) {
            // The answer was lost, its keyset is history: the same request finds it.
            rotate();
            Restored stored = done(mint().restore(request.outputs()));
            assertThat(done(mint().swap(request))).isEqualTo(stored.signatures());
        } else {
            assertThat(done(mint().restore(request.outputs())).signatures()).isEmpty();
        }

        List<BlindSignature> signatures = done(mint().swap(request));

        assertThat(done(mint().swap(request))).isEqualTo(signatures);
        assertThat(refused(mint().swap(swap(inputs, wallet.outputs(active(), 8, 4)))))
                .isEqualTo(ErrorCode.PROOFS_SPENT);
        assertThat(swapped(TestWallet.proofs(signer, outputs, signatures), wallet.outputs(active(), 8, 4)))
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveMintedOnceOrNotAtAllWhenKilled(Step step) throws Exception {
        long expiry = clock.instant().plus(Duration.ofHours(1)).getEpochSecond();
        await(mint().operate(operator -> operator.rotate(UNIT, 0, OptionalLong.of(expiry))));
        StoredQuote quote = quote(12);
        List<TestWallet.Output> outputs = wallet.outputs(active(), 4, 8);
        IssueRequest request = request(quote, outputs);

        dieAt(step, "mint", CrashingMint.Requests.write(request));
        MintKeyset signer = active();
        if (step == Step.COMMITTED) {
            rotate();
            clock.advance(Duration.ofHours(2));
            assertThat(done(mint().mint(request)))
                    .isEqualTo(done(mint().restore(request.outputs())).signatures());
            assertThat(refused(mint().mint(request(quote, wallet.outputs(active(), 8, 4)))))
                    .isEqualTo(ErrorCode.QUOTE_ISSUED);
            return;
        }

        List<BlindSignature> signatures = done(mint().mint(request));

        assertThat(done(mint().mint(request))).isEqualTo(signatures);
        assertThat(refused(mint().mint(request(quote, wallet.outputs(active(), 8, 4)))))
                .isEqualTo(ErrorCode.QUOTE_ISSUED);
        assertThat(swapped(TestWallet.proofs(signer, outputs, signatures), wallet.outputs(active(), 8, 4)))
                .hasSize(2);
    }

    private void dieAt(Step step, String operation, String request) throws Exception {
        PostgresLogin login = TestServer.login();
        Path log = Files.createTempFile(directory, "crash", ".log");
        Process process = new ProcessBuilder(
                        CrashingMint.java(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingMint.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(String.join("\n", login.url(), login.user(), login.password(), step.name(), operation, request)
                    .getBytes(StandardCharsets.UTF_8));
        }
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(137);
    }
}
