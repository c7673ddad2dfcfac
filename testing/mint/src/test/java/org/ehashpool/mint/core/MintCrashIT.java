package org.ehashpool.mint.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.mint.issue.IssueRequest;
import org.ehashpool.mint.keyset.MintKeyset;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.store.StoredQuote;
import org.ehashpool.mint.swap.SwapRequest;
import org.ehashpool.mint.work.Step;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A mint that is killed at every step of swapping and minting: nothing is lost, nothing is there twice. */
final class MintCrashIT extends CrashScenario {

    /**
     * Something of a client's that the mint takes once.
     *
     * @param line the request as the killed process reads it
     * @param claim asks for signatures on these outputs for it
     * @param taken the answer to everybody who comes later with other outputs
     * @param perishes whether it is worth nothing once the keyset is expired that signed at the kill
     */
    private record Asked(
            String line,
            List<TestWallet.Output> outputs,
            Function<List<TestWallet.Output>, Future<Outcome<List<BlindSignature>>>> claim,
            ErrorCode taken,
            boolean perishes) {

        Future<Outcome<List<BlindSignature>>> again() {
            return claim.apply(outputs);
        }
    }

    /** One kill for each: operations of one kind wait for each other, so that more of them do not all come to a step. */
    static Stream<Arguments> walk() {
        return Arrays.stream(Step.values())
                .flatMap(step -> Arrays.stream(Meanwhile.values()).map(meanwhile -> Arguments.of(step, meanwhile)));
    }

    @ParameterizedTest
    @MethodSource("walk")
    void shouldHaveDoneEachOnceOrNotAtAllWhenKilled(Step step, Meanwhile meanwhile) throws Exception {
        List<Proof> lasting = proofs(8, 4);
        MintKeyset signer = rotateToPerishing();
        StoredQuote quote = quote(12);
        List<StoredQuote> quotes = List.of(quote(5), quote(3), quote(4));
        List<Asked> all =
                List.of(swapOf(lasting, false), swapOf(proofs(8, 4), true), mintFrom(quote), mintFromAll(quotes));

        dieAt(step, all.stream().map(Asked::line).toList());
        pass(meanwhile);

        for (Asked asked : all) {
            List<BlindSignature> stored =
                    done(mint().restore(TestWallet.messages(asked.outputs()))).signatures();
            if (step == Step.COMMITTED) {
                assertThat(stored).hasSize(2);
                assertThat(done(asked.again())).isEqualTo(stored);
                assertTakenAndWorth(asked, stored, signer, meanwhile);
            } else {
                assertThat(stored).isEmpty();
                assertStillThere(asked, signer, meanwhile);
            }
        }
    }

    /** The request was not done: it can be now, or what it would have taken can be used otherwise. */
    private void assertStillThere(Asked asked, MintKeyset signer, Meanwhile meanwhile) throws Exception {
        switch (meanwhile) {
            case NOTHING -> {
                List<BlindSignature> signatures = done(asked.again());
                assertThat(done(asked.again())).isEqualTo(signatures);
                assertTakenAndWorth(asked, signatures, signer, meanwhile);
            }
            case ROTATED -> {
                assertThat(refused(asked.again())).isEqualTo(ErrorCode.KEYSET_INACTIVE);
                assertUsable(asked);
            }
            case EXPIRED -> {
                assertThat(refused(asked.again())).isEqualTo(ErrorCode.KEYSET_EXPIRED);
                if (asked.perishes()) {
                    assertThat(refused(asked.claim().apply(wallet.outputs(active(), 4, 8))))
                            .isEqualTo(ErrorCode.KEYSET_EXPIRED);
                } else {
                    assertUsable(asked);
                }
            }
        }
    }

    private void assertUsable(Asked asked) throws Exception {
        MintKeyset keyset = active();
        List<TestWallet.Output> outputs = wallet.outputs(keyset, 4, 8);
        List<BlindSignature> signatures = done(asked.claim().apply(outputs));
        assertThat(refused(asked.claim().apply(wallet.outputs(keyset, 8, 4)))).isEqualTo(asked.taken());
        assertThat(swapped(TestWallet.proofs(keyset, outputs, signatures), wallet.outputs(keyset, 8, 4)))
                .hasSize(2);
    }

    private void assertTakenAndWorth(
            Asked asked, List<BlindSignature> signatures, MintKeyset signer, Meanwhile meanwhile) throws Exception {
        assertThat(refused(asked.claim().apply(wallet.outputs(active(), 8, 4)))).isEqualTo(asked.taken());
        SwapRequest next = swap(TestWallet.proofs(signer, asked.outputs(), signatures), wallet.outputs(active(), 8, 4));
        if (meanwhile == Meanwhile.EXPIRED) {
            assertThat(refused(mint().swap(next))).isEqualTo(ErrorCode.KEYSET_EXPIRED);
        } else {
            assertThat(done(mint().swap(next))).hasSize(2);
        }
    }

    private Asked swapOf(List<Proof> inputs, boolean perishes) {
        List<TestWallet.Output> outputs = wallet.outputs(active(), 4, 8);
        return new Asked(
                CrashingMint.Requests.write(swap(inputs, outputs)),
                outputs,
                others -> mint().swap(swap(inputs, others)),
                ErrorCode.PROOFS_SPENT,
                perishes);
    }

    private Asked mintFrom(StoredQuote quote) {
        List<TestWallet.Output> outputs = wallet.outputs(active(), 4, 8);
        return new Asked(
                CrashingMint.Requests.write(request(quote, outputs)),
                outputs,
                others -> mint().mint(request(quote, others)),
                ErrorCode.QUOTE_ISSUED,
                false);
    }

    private Asked mintFromAll(List<StoredQuote> quotes) {
        List<TestWallet.Output> outputs = wallet.outputs(active(), 4, 8);
        return new Asked(
                CrashingMint.Requests.write(batch(quotes, outputs)),
                outputs,
                others -> mint().mint(batch(quotes, others)),
                ErrorCode.QUOTE_ISSUED,
                false);
    }

    private IssueRequest batch(List<StoredQuote> quotes, List<TestWallet.Output> outputs) {
        return new IssueRequest(
                "ehash",
                quotes.stream()
                        .map(quote -> part(quote, Optional.empty(), outputs))
                        .toList(),
                TestWallet.messages(outputs),
                true);
    }
}
