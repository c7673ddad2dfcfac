package org.ehashpool.mint.swap;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.mint.commit.Deed;
import org.ehashpool.mint.commit.Deeds;
import org.ehashpool.mint.commit.Question;
import org.ehashpool.mint.commit.Questions;
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
import org.ehashpool.mint.store.SignatureTable;
import org.ehashpool.mint.store.StoredQuote;
import org.ehashpool.mint.store.Sums;
import org.ehashpool.mint.work.Limits;
import org.ehashpool.mint.work.Step;
import org.ehashpool.mint.work.StepWatch;
import org.ehashpool.mint.work.UndoneException;

/**
 * Swaps. One transaction looks for an answer that was given before; if there is none, the outputs are signed in memory;
 * a second transaction spends the inputs, stores the signatures and counts both, or does nothing at all. A process that
 * dies before its commit leaves the inputs unspent; one that dies after it leaves the signatures, which the same
 * request then finds.
 */
public final class Swaps {

    private static final String KIND = "swap";

    private final Questions questions;
    private final Deeds deeds;
    private final Keysets keysets;
    private final Inputs inputs;
    private final Outputs outputs;
    private final Limits limits;
    private final MintJournal journal;
    private final StepWatch steps;

    public Swaps(
            Questions questions,
            Deeds deeds,
            Keysets keysets,
            Inputs inputs,
            Outputs outputs,
            Limits limits,
            MintJournal journal,
            StepWatch steps) {
        this.questions = questions;
        this.deeds = deeds;
        this.keysets = keysets;
        this.inputs = inputs;
        this.outputs = outputs;
        this.limits = limits;
        this.journal = journal;
        this.steps = steps;
    }

    /** The signatures for the outputs, in their order. Blocks: for a thread that may wait. */
    public Outcome<List<BlindSignature>> swap(SwapRequest request) {
        Optional<Refusal> tooLarge =
                Limits.problem(request.inputs().size(), request.outputs().size());
        if (tooLarge.isPresent()) {
            return Outcome.refused(tooLarge.get());
        }
        Keyring keyring = keysets.knowing(request.inputs(), request.outputs());
        return inputs.verify(request.inputs(), request.outputs(), Optional.empty(), keyring)
                .then(verified -> swap(request, verified, keyring));
    }

    private Outcome<List<BlindSignature>> swap(SwapRequest request, List<VerifiedInput> verified, Keyring keyring) {
        Digest.Builder digests = Digest.of(KIND);
        Inputs.digest(digests, verified);
        Digest digest = digests.outputs(request.outputs()).build();
        Optional<Outcome<List<BlindSignature>>> known = lookUp(request, verified, digest);
        if (known.isPresent()) {
            return known.get();
        }
        steps.reached(KIND, Step.LOOKED_UP);
        Optional<Refusal> problem = problem(request, verified, keyring);
        if (problem.isPresent()) {
            return Outcome.refused(problem.get());
        }
        List<SignatureTable.New> signatures = outputs.sign(request.outputs(), keyring);
        steps.reached(KIND, Step.SIGNED);
        Outcome<List<StoredQuote>> committed;
        try {
            committed = deeds.commit(
                    new Deed(KIND, digest, List.of(), verified, signatures, changes(verified, signatures)));
        } catch (UndoneException lost) {
            // Another request was quicker: this very one, or one for the same proofs or outputs.
            return lookUp(request, verified, digest)
                    .orElseGet(() -> Outcome.refused(ErrorCode.PROOFS_PENDING, "another swap is under way; repeat"));
        }
        return committed.then(unchanged -> {
            steps.reached(KIND, Step.COMMITTED);
            journal.spent(verified.stream().map(VerifiedInput::y).toList());
            return Outcome.done(
                    signatures.stream().map(SignatureTable.New::signature).toList());
        });
    }

    /** What is known of the request; empty when nothing keeps it from being done. */
    private Optional<Outcome<List<BlindSignature>>> lookUp(
            SwapRequest request, List<VerifiedInput> verified, Digest digest) {
        Question.Answer answer = questions.ask(
                new Question(List.of(), verified.stream().map(VerifiedInput::y).toList(), request.outputs()));
        return switch (Outputs.past(answer.signed(), request.outputs(), digest)) {
            case Past.Answered answered -> Optional.of(Outcome.done(answered.signatures()));
            case Past.SignedElsewhere elsewhere ->
                Optional.of(Outcome.refused(
                        answer.anySpent()
                                ? new Refusal(ErrorCode.PROOFS_SPENT, "an input is spent")
                                : new Refusal(ErrorCode.OUTPUTS_SIGNED, "an output is signed already")));
            case Past.Nothing nothing ->
                answer.anySpent()
                        ? Optional.of(Outcome.refused(ErrorCode.PROOFS_SPENT, "an input is spent"))
                        : Optional.empty();
        };
    }

    private Optional<Refusal> problem(SwapRequest request, List<VerifiedInput> verified, Keyring keyring) {
        return inputs.problem(verified, limits)
                .or(() -> outputs.problem(request.outputs(), keyring, limits.outputs()))
                .or(() -> unbalanced(request, verified, keyring));
    }

    /** "The sum of the inputs minus the fees equals the sum of the outputs", exactly. */
    private static Optional<Refusal> unbalanced(SwapRequest request, List<VerifiedInput> verified, Keyring keyring) {
        String unit = verified.getFirst().keyset().row().unit();
        if (!unit.equals(Outputs.unit(request.outputs(), keyring))) {
            return Optional.of(new Refusal(ErrorCode.UNIT_MISMATCH, "inputs and outputs are of different units"));
        }
        Optional<Amount> in = Inputs.sum(verified);
        Optional<Amount> out = Outputs.sum(request.outputs());
        Optional<Amount> fee = Inputs.fee(verified);
        if (in.isEmpty() || out.isEmpty() || fee.isEmpty()) {
            return Optional.of(new Refusal(ErrorCode.TRANSACTION_UNBALANCED, "a sum is above 64 bits"));
        }
        BigInteger wanted = in.get().toBigInteger().subtract(fee.get().toBigInteger());
        return wanted.equals(out.get().toBigInteger())
                ? Optional.empty()
                : Optional.of(new Refusal(
                        ErrorCode.TRANSACTION_UNBALANCED,
                        "inputs " + in.get() + ", fee " + fee.get() + ", outputs " + out.get()));
    }

    private static Map<LedgerTable.Account, Sums> changes(
            List<VerifiedInput> verified, List<SignatureTable.New> signatures) {
        String unit = verified.getFirst().keyset().row().unit();
        Map<LedgerTable.Account, Sums> changes = new HashMap<>();
        Inputs.sums(verified)
                .forEach((keyset, spent) -> changes.put(new LedgerTable.Account(unit, keyset), Sums.ofSpent(spent)));
        Outputs.sums(signatures)
                .forEach((keyset, signed) ->
                        changes.merge(new LedgerTable.Account(unit, keyset), Sums.ofSigned(signed), Sums::plus));
        BigInteger fee = Inputs.fee(verified).orElseThrow().toBigInteger();
        if (fee.signum() > 0) {
            changes.merge(
                    new LedgerTable.Account(
                            unit, verified.getFirst().keyset().row().number()),
                    Sums.ofFees(fee),
                    Sums::plus);
        }
        return changes;
    }
}
