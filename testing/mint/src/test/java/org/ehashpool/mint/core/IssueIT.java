package org.ehashpool.mint.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.mint.issue.IssueRequest;
import org.ehashpool.mint.journal.MintListener;
import org.ehashpool.mint.keyset.MintKeyset;
import org.ehashpool.mint.store.StoredQuote;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** NUT-04, 20 and 29. */
final class IssueIT extends MintScenario {

    @AfterEach
    void books() throws Exception {
        assertBooksBalance();
    }

    @Test
    void shouldMintInPartsUntilNothingIsLeft() throws Exception {
        StoredQuote quote = quote(10);

        done(mint().mint(request(quote, wallet.outputs(active(), 4))));
        StoredQuote half = await(mint().quote("ehash", quote.id())).orElseThrow();
        assertThat(half.issued()).isEqualTo(Amount.of(4));
        assertThat(half.updatedAt()).isGreaterThan(quote.updatedAt());
        assertThat(refused(mint().mint(request(quote, wallet.outputs(active(), 8)))))
                .isEqualTo(ErrorCode.TRANSACTION_UNBALANCED);
        done(mint().mint(request(quote, wallet.outputs(active(), 4, 2))));

        StoredQuote whole = await(mint().quote("ehash", quote.id())).orElseThrow();
        assertThat(whole.updatedAt()).isGreaterThan(half.updatedAt());
        assertThat(refused(mint().mint(request(quote, wallet.outputs(active(), 1)))))
                .isEqualTo(ErrorCode.QUOTE_ISSUED);
    }

    @Test
    void shouldTellListenersOnceOfEachAmountThatWasMinted() throws Exception {
        List<Amount> told = new CopyOnWriteArrayList<>();
        mint().listen(new MintListener() {
            @Override
            public void quoteChanged(StoredQuote quote) {
                assertThat(quote.unit()).isEqualTo(UNIT);
            }

            @Override
            public void issued(StoredQuote quote, Amount amount) {
                told.add(amount);
            }

            @Override
            public void orderConflict(String shareHash) {
                throw new AssertionError(shareHash);
            }

            @Override
            public void proofsSpent(List<PublicKey> ys) {
                throw new AssertionError(ys);
            }
        });
        StoredQuote quote = quote(10);
        IssueRequest first = request(quote, wallet.outputs(active(), 4));

        done(mint().mint(first));
        done(mint().mint(first));
        done(mint().mint(request(quote, wallet.outputs(active(), 4, 2))));

        assertThat(told).containsExactly(Amount.of(4), Amount.of(6));
    }

    @Test
    void shouldAnswerTheSameWhenRepeatedAfterRotation() throws Exception {
        StoredQuote quote = quote(10);
        IssueRequest request = request(quote, wallet.outputs(active(), 8, 2));
        List<BlindSignature> first = done(mint().mint(request));

        rotate();

        assertThat(done(mint().mint(request))).isEqualTo(first);
        assertThat(done(openMint(openDatabase()).mint(request))).isEqualTo(first);
    }

    @Test
    void shouldRefuseWithTheRightCodeWhenTheRequestIsWrong() throws Exception {
        StoredQuote quote = quote(8);
        MintKeyset old = active();
        MintKeyset now = rotate();
        List<TestWallet.Output> outputs = wallet.outputs(now, 8);
        IssueRequest good = request(quote, outputs);

        assertThat(refused(mint().mint(IssueRequest.single("ehash", quote.id(), good.outputs(), Optional.empty()))))
                .isEqualTo(ErrorCode.QUOTE_SIGNATURE_INVALID);
        assertThat(refused(mint().mint(IssueRequest.single(
                        "ehash", quote.id(), good.outputs(), Optional.of("00".repeat(64))))))
                .isEqualTo(ErrorCode.QUOTE_SIGNATURE_INVALID);
        assertThat(refused(mint().mint(IssueRequest.single(
                        "bolt11",
                        quote.id(),
                        good.outputs(),
                        good.parts().getFirst().signature()))))
                .isEqualTo(ErrorCode.QUOTE_UNKNOWN);
        assertThat(refused(
                        mint().mint(IssueRequest.single("ehash", UUID.randomUUID(), good.outputs(), Optional.empty()))))
                .isEqualTo(ErrorCode.QUOTE_UNKNOWN);
        assertThat(refused(mint().mint(request(quote, wallet.outputs(old, 8))))).isEqualTo(ErrorCode.KEYSET_INACTIVE);
        assertThat(refused(mint().mint(request(quote, wallet.outputs(now, 8, 8)))))
                .isEqualTo(ErrorCode.TRANSACTION_UNBALANCED);
        assertThat(refused(mint().mint(request(quote, List.of())))).isIn(ErrorCode.TRANSACTION_UNBALANCED);

        assertThat(done(mint().mint(good))).hasSize(1);
        assertThat(refused(mint().mint(request(quote(8), outputs)))).isEqualTo(ErrorCode.OUTPUTS_SIGNED);
    }

    @Test
    void shouldMintABatchExactlyOrNotAtAll() throws Exception {
        StoredQuote five = quote(5);
        StoredQuote three = quote(3);
        List<TestWallet.Output> outputs = wallet.outputs(active(), 4, 4);

        assertThat(refused(mint().mint(batch(
                        outputs,
                        part(five, Optional.of(Amount.of(4)), outputs),
                        part(three, Optional.empty(), outputs)))))
                .isEqualTo(ErrorCode.TRANSACTION_UNBALANCED);
        assertThat(refused(mint().mint(batch(
                        outputs,
                        part(five, Optional.of(Amount.of(6)), outputs),
                        part(three, Optional.of(Amount.of(2)), outputs)))))
                .isEqualTo(ErrorCode.TRANSACTION_UNBALANCED);
        assertThat(refused(mint().mint(batch(
                        outputs, part(five, Optional.empty(), outputs), part(five, Optional.empty(), outputs)))))
                .isEqualTo(ErrorCode.DUPLICATE_QUOTES);
        IssueRequest good =
                batch(outputs, part(five, Optional.empty(), outputs), part(three, Optional.empty(), outputs));
        List<BlindSignature> signatures = done(mint().mint(good));

        assertThat(signatures).hasSize(2);
        assertThat(done(mint().mint(good))).isEqualTo(signatures);
        List<TestWallet.Output> more = wallet.outputs(active(), 8);
        assertThat(refused(mint().mint(
                                batch(more, part(five, Optional.empty(), more), part(three, Optional.empty(), more)))))
                .isEqualTo(ErrorCode.QUOTE_ISSUED);
    }

    @Test
    void shouldRefuseInTheDatabaseTooWhenMoreIsIssuedThanPaid() throws Exception {
        quote(5);

        Assertions.assertThatThrownBy(() -> TestServer.execute("update mint_quote set amount_issued = 6"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("mint_quote_issued_within_paid");
    }

    private static IssueRequest batch(List<TestWallet.Output> outputs, IssueRequest.Part... parts) {
        return new IssueRequest("ehash", List.of(parts), TestWallet.messages(outputs), true);
    }
}
