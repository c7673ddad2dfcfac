package org.ehashpool.mint.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.mint.invoice.InvoiceWriter;
import org.ehashpool.mint.issue.IssueRequest;
import org.ehashpool.mint.keyset.MintKeyset;
import org.ehashpool.mint.payment.InvoiceRequest;
import org.ehashpool.mint.payment.MeltRequest;
import org.ehashpool.mint.payment.Payments;
import org.ehashpool.mint.store.StoredMelt;
import org.ehashpool.mint.store.StoredQuote;
import org.ehashpool.mint.work.Step;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mint of the test profile that is killed at every step of paying an invoice: it is paid once, or the proofs are back. */
final class MeltCrashIT extends CrashScenario {

    private static final String SATOSHIS = "sat";

    /** 16 in; 9 and a fee of 1 are paid; 6 come back. */
    private static final long INVOICE = 9;

    private final InvoiceWriter elsewhere = new InvoiceWriter(random);

    @Override
    protected MintProfile profile() {
        return MintProfile.TEST;
    }

    @ParameterizedTest
    @EnumSource
    void shouldHavePaidOnceOrNotAtAllWhenKilled(Step step) throws Exception {
        Map<Meanwhile, List<Proof>> inputs = new EnumMap<>(Meanwhile.class);
        for (Meanwhile meanwhile : Meanwhile.values()) {
            inputs.put(meanwhile, mintedSatoshis(8, 8));
        }
        MintKeyset signer = rotateToPerishing();
        Map<Meanwhile, MeltRequest> requests = new EnumMap<>(Meanwhile.class);
        for (Map.Entry<Meanwhile, List<Proof>> one : inputs.entrySet()) {
            requests.put(one.getKey(), melt(meltQuote().id(), one.getValue(), signer));
        }

        dieAt(step, requests.values().stream().map(CrashingMint.Requests::write).toList());

        for (Map.Entry<Meanwhile, MeltRequest> one : requests.entrySet()) {
            pass(one.getKey());
            assertPaidOrNot(step, one.getValue(), one.getKey());
        }
    }

    private void assertPaidOrNot(Step step, MeltRequest request, Meanwhile meanwhile) throws Exception {
        if (step == Step.COMMITTED) {
            assertPaidBy(request);
            return;
        }
        assertThat(stored(request.quote()).payment()).isEmpty();
        assertThat(done(mint().restore(request.outputs())).signatures()).isEmpty();
        switch (meanwhile) {
            case NOTHING -> assertPaidBy(request);
            case ROTATED -> {
                assertThat(refused(payments().melt(request))).isEqualTo(ErrorCode.KEYSET_INACTIVE);
                assertPaidBy(melt(request.quote(), request.inputs(), active()));
            }
            case EXPIRED -> {
                assertThat(refused(payments().melt(request))).isEqualTo(ErrorCode.KEYSET_EXPIRED);
                assertThat(swapped(request.inputs(), wallet.outputs(active(), 8, 8)))
                        .hasSize(2);
            }
        }
    }

    /** The same request has the same answer, again and again; the invoice and the proofs have no other use. */
    private void assertPaidBy(MeltRequest request) throws Exception {
        StoredMelt paid = done(payments().melt(request));

        StoredMelt.Payment payment = paid.payment().orElseThrow();
        assertThat(payment.change().stream().map(signature -> signature.amount().toLong()))
                .containsExactly(4L, 2L);
        assertThat(done(payments().melt(request))).isEqualTo(paid);
        assertThat(stored(request.quote())).isEqualTo(paid);
        assertThat(done(mint().restore(request.outputs())).signatures()).isEqualTo(payment.change());
        assertThat(refused(mint().swap(swap(request.inputs(), wallet.outputs(active(), 8, 8)))))
                .isEqualTo(ErrorCode.PROOFS_SPENT);
        MeltRequest others = new MeltRequest(
                request.quote(), mintedSatoshis(8, 8), TestWallet.messages(wallet.outputs(active(), 1, 1, 1)));
        assertThat(refused(payments().melt(others))).isEqualTo(ErrorCode.INVOICE_PAID);
    }

    private Payments payments() {
        return mint().payments().orElseThrow();
    }

    private StoredMelt stored(UUID quote) throws Exception {
        return Objects.requireNonNull(
                await(payments().meltQuotes(List.of(quote))).get(quote));
    }

    private StoredMelt meltQuote() throws Exception {
        String invoice = elsewhere.write(Amount.of(INVOICE), "", clock.instant(), 3600);
        return done(payments().meltQuote(invoice, SATOSHIS));
    }

    private MeltRequest melt(UUID quote, List<Proof> inputs, MintKeyset keyset) {
        List<BlindedMessage> blank = wallet.outputs(keyset, 1, 1, 1).stream()
                .map(TestWallet.Output::message)
                .map(output -> new BlindedMessage(Amount.ZERO, output.keysetId(), output.point()))
                .toList();
        return new MeltRequest(quote, inputs, blank);
    }

    private List<Proof> mintedSatoshis(long... amounts) throws Exception {
        Amount sum = Amount.of(LongStream.of(amounts).sum());
        StoredQuote quote = done(
                payments().quote(new InvoiceRequest(SATOSHIS, Optional.of(sum), Optional.empty(), Optional.empty())));
        MintKeyset keyset = active();
        List<TestWallet.Output> outputs = wallet.outputs(keyset, amounts);
        return TestWallet.proofs(
                keyset,
                outputs,
                done(mint().mint(IssueRequest.single(
                        "bolt11", quote.id(), TestWallet.messages(outputs), Optional.empty()))));
    }
}
