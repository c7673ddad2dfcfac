package org.ehashpool.mint.core;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.mint.issue.IssueRequest;
import org.ehashpool.mint.payment.InvoiceRequest;
import org.ehashpool.mint.store.StoredQuote;

/** A mint, a miner and a pool, for tests of what stands in front of the mint. */
public abstract class MintFixture extends MintScenario {

    protected final Mint openedMint() {
        return mint();
    }

    /** Whose quotes they are. */
    protected final PublicKey owner() {
        return miner;
    }

    protected final Instant now() {
        return clock.instant();
    }

    protected final StoredQuote paidQuote(long amount) throws Exception {
        return quote(amount);
    }

    protected final List<BlindedMessage> outputs(long... amounts) {
        return TestWallet.messages(wallet.outputs(active(), amounts));
    }

    /** NUT-20's signature of the owner. */
    protected final String signature(StoredQuote quote, List<BlindedMessage> outputs) {
        return signature(quote.id().toString(), outputs);
    }

    /** NUT-20's signature of the owner. */
    protected final String signature(String quote, List<BlindedMessage> outputs) {
        return Signing.forQuote(quote, outputs, minerSecret);
    }

    /** The owner's signature for a lookup now. */
    protected final String lookupSignature() {
        return lookupSignature(mint().publicKey(), now().getEpochSecond());
    }

    /** Proofs of these amounts. */
    protected final List<Proof> minted(long... amounts) throws Exception {
        return proofs(amounts);
    }

    /** Proofs of these amounts, of a mint of the test profile. */
    protected final List<Proof> bought(long... amounts) throws Exception {
        Amount sum = Amount.of(LongStream.of(amounts).sum());
        StoredQuote quote = done(mint().payments()
                .orElseThrow()
                .quote(new InvoiceRequest("sat", Optional.of(sum), Optional.empty(), Optional.empty())));
        List<TestWallet.Output> outputs = wallet.outputs(active(), amounts);
        return TestWallet.proofs(
                active(),
                outputs,
                done(mint().mint(IssueRequest.single(
                        "bolt11", quote.id(), TestWallet.messages(outputs), Optional.empty()))));
    }

    protected final void rotate(String unit, long inputFeePpk) throws Exception {
        await(mint().operate(operator -> operator.rotate(unit, inputFeePpk, OptionalLong.empty())));
    }

    protected final void limit(String unit, long limit) throws Exception {
        await(mint().operate(operator -> {
            operator.limit(unit, Optional.of(Amount.of(limit)));
            return unit;
        }));
    }

    protected final void advance(Duration by) {
        clock.advance(by);
    }

    /** What the mint does every second. */
    protected final void upkeep() throws Exception {
        await(mint().upkeep());
    }

    protected static void assertBooks() throws Exception {
        assertBooksBalance();
    }

    protected final void rotateKeyset() throws Exception {
        await(mint().operate(operator -> operator.rotate(UNIT, 0, OptionalLong.empty())));
    }

    /** As another process would: without telling this one. */
    protected final void payBehindItsBack(StoredQuote quote) throws Exception {
        TestServer.execute(
                "update mint_quote set amount_paid = amount_paid + 1, updated_at = updated_at + 1 where id = '"
                        + quote.id() + "'");
    }

    protected final void loseCommits() throws Exception {
        TestServer.execute("update mint_status set restore_mark = 'of another backup'");
        await(mint().upkeep());
    }

    /** Hex digits, as many as 32 bytes have. */
    protected final String random() {
        return HexFormat.of().formatHex(wallet.scalar());
    }
}
