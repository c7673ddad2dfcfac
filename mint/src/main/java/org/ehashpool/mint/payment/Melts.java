package org.ehashpool.mint.payment;

import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.mint.journal.MintJournal;
import org.ehashpool.mint.keyset.Keyring;
import org.ehashpool.mint.keyset.Keysets;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.outcome.Refusal;
import org.ehashpool.mint.sign.Outputs;
import org.ehashpool.mint.sign.Past;
import org.ehashpool.mint.spend.Inputs;
import org.ehashpool.mint.spend.VerifiedInput;
import org.ehashpool.mint.store.Digest;
import org.ehashpool.mint.store.LedgerTable;
import org.ehashpool.mint.store.MeltTable;
import org.ehashpool.mint.store.OperationTable;
import org.ehashpool.mint.store.SignatureTable;
import org.ehashpool.mint.store.StoredMelt;
import org.ehashpool.mint.store.Sums;
import org.ehashpool.mint.work.Limits;
import org.ehashpool.mint.work.Step;
import org.ehashpool.mint.work.StepWatch;
import org.ehashpool.mint.work.UndoneException;
import org.jooq.DSLContext;

/**
 * Payments of invoices. As with swaps: one transaction looks, the change is signed in memory, a second transaction
 * spends the inputs, pays the quote, stores the signatures and counts it all, or does nothing at all.
 */
final class Melts {

    private static final String KIND = "melt";
    private static final int PREIMAGE_LENGTH = 32;

    private final Database database;
    private final Keysets keysets;
    private final Inputs inputs;
    private final Outputs outputs;
    private final Limits limits;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final MintJournal journal;
    private final StepWatch steps;

    Melts(Payments.Parts parts) {
        this.database = parts.database();
        this.keysets = parts.keysets();
        this.inputs = parts.inputs();
        this.outputs = parts.outputs();
        this.limits = parts.limits();
        this.random = parts.random();
        this.clock = parts.clock();
        this.journal = parts.journal();
        this.steps = parts.steps();
    }

    /** Pays; the quote as it is then. Blocks: for a thread that may wait. */
    Outcome<StoredMelt> melt(MeltRequest request) {
        Optional<Refusal> tooLarge =
                Limits.problem(request.inputs().size(), request.outputs().size());
        if (tooLarge.isPresent()) {
            return Outcome.refused(tooLarge.get());
        }
        Keyring keyring = keysets.knowing(request.inputs(), request.outputs());
        return inputs.verify(
                        request.inputs(),
                        request.outputs(),
                        Optional.of(request.quote().toString()),
                        keyring)
                .then(verified -> melt(request, verified, keyring));
    }

    private Outcome<StoredMelt> melt(MeltRequest request, List<VerifiedInput> verified, Keyring keyring) {
        Digest digest = digest(request, verified);
        Found found = lookUp(request, verified, digest);
        if (found instanceof Found.Known known) {
            return known.answer();
        }
        StoredMelt quote = ((Found.Unpaid) found).quote();
        steps.reached(KIND, Step.LOOKED_UP);
        Optional<Refusal> problem = problem(request, quote, verified, keyring);
        if (problem.isPresent()) {
            return Outcome.refused(problem.get());
        }
        List<SignatureTable.New> change =
                outputs.sign(Change.imprint(excess(quote, verified), request.outputs()), keyring);
        byte[] preimage = new byte[PREIMAGE_LENGTH];
        random.nextBytes(preimage);
        steps.reached(KIND, Step.SIGNED);
        Outcome<StoredMelt> committed;
        try {
            committed = database.transactBlocking(
                    Isolation.READ_COMMITTED, sql -> commit(sql, quote, verified, change, preimage, digest));
        } catch (UndoneException lost) {
            // Another request was quicker: this very one, or one for the same quote, invoice, proofs or outputs.
            return lookUp(request, verified, digest) instanceof Found.Known known
                    ? known.answer()
                    : Outcome.refused(ErrorCode.QUOTE_PENDING, "another request is under way; repeat");
        }
        return committed.then(paid -> {
            steps.reached(KIND, Step.COMMITTED);
            journal.spent(verified.stream().map(VerifiedInput::y).toList());
            journal.melted(paid);
            return Outcome.done(paid);
        });
    }

    private static Digest digest(MeltRequest request, List<VerifiedInput> verified) {
        Digest.Builder digest = Digest.of(KIND).text(request.quote().toString());
        Inputs.digest(digest, verified);
        return digest.outputs(request.outputs()).build();
    }

    /** What is known of a request. */
    private sealed interface Found {

        /** It was done before, or cannot be. */
        record Known(Outcome<StoredMelt> answer) implements Found {}

        /** Nothing keeps it from being done. */
        record Unpaid(StoredMelt quote) implements Found {}
    }

    private Found lookUp(MeltRequest request, List<VerifiedInput> verified, Digest digest) {
        return database.transactBlocking(Isolation.READ_COMMITTED, sql -> {
            MeltTable melts = new MeltTable(sql);
            StoredMelt quote = melts.find(List.of(request.quote())).get(request.quote());
            if (quote == null) {
                return known(ErrorCode.QUOTE_UNKNOWN, "no such quote");
            }
            if (quote.payment().isPresent()) {
                return new OperationTable(sql)
                                .digest(quote.payment().get().operation())
                                .equals(digest)
                        ? new Found.Known(Outcome.done(quote))
                        : known(ErrorCode.INVOICE_PAID, "the quote is already paid");
            }
            if (Inputs.anySpent(sql, verified)) {
                return known(ErrorCode.PROOFS_SPENT, "an input is spent");
            }
            if (!(Outputs.past(sql, request.outputs(), digest) instanceof Past.Nothing)) {
                return known(ErrorCode.OUTPUTS_SIGNED, "an output is signed already");
            }
            return melts.isPaid(quote.paymentHash())
                    ? known(ErrorCode.INVOICE_PAID, "the invoice is already paid")
                    : new Found.Unpaid(quote);
        });
    }

    private static Found known(ErrorCode code, String detail) {
        return new Found.Known(Outcome.refused(code, detail));
    }

    private Optional<Refusal> problem(
            MeltRequest request, StoredMelt quote, List<VerifiedInput> verified, Keyring keyring) {
        if (quote.expiry() <= clock.instant().getEpochSecond()) {
            return Optional.of(new Refusal(ErrorCode.QUOTE_EXPIRED, "the quote is expired"));
        }
        return inputs.problem(verified, limits)
                .or(() -> request.outputs().isEmpty()
                        ? Optional.empty()
                        : outputs.problem(Change.blank(request.outputs()), keyring, limits.outputs()))
                .or(() -> otherUnit(request.outputs(), quote, verified, keyring))
                .or(() -> tooLittle(quote, verified));
    }

    private static Optional<Refusal> otherUnit(
            List<BlindedMessage> blank, StoredMelt quote, List<VerifiedInput> verified, Keyring keyring) {
        boolean same = verified.getFirst().keyset().row().unit().equals(quote.unit())
                && (blank.isEmpty() || Outputs.unit(blank, keyring).equals(quote.unit()));
        return same
                ? Optional.empty()
                : Optional.of(new Refusal(ErrorCode.UNIT_MISMATCH, "quote, inputs and outputs are of different units"));
    }

    /** "amount + fee_reserve", and what the inputs cost. */
    private static Optional<Refusal> tooLittle(StoredMelt quote, List<VerifiedInput> verified) {
        BigInteger needed = quote.amount()
                .toBigInteger()
                .add(quote.feeReserve().toBigInteger())
                .add(Inputs.fee(verified).orElse(Amount.MAXIMUM).toBigInteger());
        Optional<Amount> provided = Inputs.sum(verified);
        if (provided.isEmpty()) {
            return Optional.of(new Refusal(ErrorCode.TRANSACTION_UNBALANCED, "a sum is above 64 bits"));
        }
        return provided.get().toBigInteger().compareTo(needed) >= 0
                ? Optional.empty()
                : Optional.of(new Refusal(
                        ErrorCode.TRANSACTION_UNBALANCED, "inputs " + provided.get() + ", needed " + needed));
    }

    /** What is provided and not used. */
    private static Amount excess(StoredMelt quote, List<VerifiedInput> verified) {
        return Inputs.sum(verified)
                .orElseThrow()
                .minus(Inputs.fee(verified).orElseThrow())
                .minus(quote.amount())
                .minus(FakeNode.FEE);
    }

    /** The transaction: all of it, or a refusal and nothing. */
    private Outcome<StoredMelt> commit(
            DSLContext sql,
            StoredMelt quote,
            List<VerifiedInput> verified,
            List<SignatureTable.New> change,
            byte[] preimage,
            Digest digest) {
        Optional<Refusal> closed = outputs.enter(sql, change).closedTo(change);
        if (closed.isPresent()) {
            return Outcome.refused(closed.get());
        }
        Instant now = clock.instant();
        MeltTable melts = new MeltTable(sql);
        if (!melts.lockUnpaid(quote.id())) {
            throw new UndoneException();
        }
        long operation = new OperationTable(sql).add(KIND, digest, now);
        StoredMelt.Payment payment = new StoredMelt.Payment(
                now,
                FakeNode.FEE,
                HexFormat.of().formatHex(preimage),
                operation,
                change.stream().map(SignatureTable.New::signature).toList());
        if (!melts.pay(
                        quote,
                        payment,
                        change.stream().map(SignatureTable.New::blindedMessage).toList())
                || !Inputs.spend(sql, verified, operation, now)) {
            throw new UndoneException();
        }
        steps.reached(KIND, Step.TAKEN);
        if (!change.isEmpty() && !Outputs.store(sql, change, operation)) {
            throw new UndoneException();
        }
        steps.reached(KIND, Step.STORED);
        new LedgerTable(sql).add(changes(quote, verified, change));
        steps.reached(KIND, Step.COMMITTING);
        return Outcome.done(quote.paid(payment));
    }

    /** What is neither paid out nor given back is the mint's: fees of the inputs, and change without an output. */
    private static Map<LedgerTable.Account, Sums> changes(
            StoredMelt quote, List<VerifiedInput> verified, List<SignatureTable.New> change) {
        Map<LedgerTable.Account, Sums> changes = new HashMap<>();
        Inputs.sums(verified)
                .forEach((keyset, spent) ->
                        changes.put(new LedgerTable.Account(quote.unit(), keyset), Sums.ofSpent(spent)));
        Outputs.sums(change)
                .forEach((keyset, signed) -> changes.merge(
                        new LedgerTable.Account(quote.unit(), keyset), Sums.ofSigned(signed), Sums::plus));
        BigInteger melted = quote.amount().plus(FakeNode.FEE).toBigInteger();
        BigInteger given = change.stream()
                .map(row -> row.signature().amount().toBigInteger())
                .reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger kept = Inputs.sum(verified)
                .orElseThrow()
                .toBigInteger()
                .subtract(melted)
                .subtract(given);
        changes.merge(
                new LedgerTable.Account(
                        quote.unit(), verified.getFirst().keyset().row().number()),
                Sums.ofMelted(melted).plus(Sums.ofFees(kept)),
                Sums::plus);
        return changes;
    }
}
