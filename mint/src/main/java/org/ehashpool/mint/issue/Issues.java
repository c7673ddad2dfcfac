package org.ehashpool.mint.issue;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.quote.QuoteSignatures;
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
import org.ehashpool.mint.store.Digest;
import org.ehashpool.mint.store.LedgerTable;
import org.ehashpool.mint.store.QuoteTable;
import org.ehashpool.mint.store.SignatureTable;
import org.ehashpool.mint.store.StoredQuote;
import org.ehashpool.mint.store.Sums;
import org.ehashpool.mint.work.CurveWorkers;
import org.ehashpool.mint.work.Limits;
import org.ehashpool.mint.work.Step;
import org.ehashpool.mint.work.StepWatch;
import org.ehashpool.mint.work.UndoneException;

/**
 * Mints from quotes. As with swaps: one transaction looks, the outputs are signed in memory, a second transaction
 * counts on the quotes, stores the signatures and adds both to the ledger, or does nothing at all.
 */
public final class Issues {

    private static final String KIND = "mint";

    private final Questions questions;
    private final Deeds deeds;
    private final Keysets keysets;
    private final Outputs outputs;
    private final CurveWorkers workers;
    private final Limits limits;
    private final MintJournal journal;
    private final StepWatch steps;

    public Issues(
            Questions questions,
            Deeds deeds,
            Keysets keysets,
            Outputs outputs,
            CurveWorkers workers,
            Limits limits,
            MintJournal journal,
            StepWatch steps) {
        this.questions = questions;
        this.deeds = deeds;
        this.keysets = keysets;
        this.outputs = outputs;
        this.workers = workers;
        this.limits = limits;
        this.journal = journal;
        this.steps = steps;
    }

    /** What the database knew of a request when it came. */
    private record Known(Map<UUID, StoredQuote> quotes, Past past) {}

    /** The signatures for the outputs, in their order. Blocks: for a thread that may wait. */
    public Outcome<List<BlindSignature>> mint(IssueRequest request) {
        Optional<Refusal> tooLarge =
                Limits.problem(request.parts().size(), request.outputs().size());
        if (tooLarge.isPresent()) {
            return Outcome.refused(tooLarge.get());
        }
        Digest digest = digest(request);
        Known known = lookUp(request, digest);
        Optional<Refusal> unauthorised = unauthorised(request, known.quotes());
        if (unauthorised.isPresent()) {
            return Outcome.refused(unauthorised.get());
        }
        if (known.past() instanceof Past.Answered answered) {
            return Outcome.done(answered.signatures());
        }
        steps.reached(KIND, Step.LOOKED_UP);
        return Outputs.sum(request.outputs())
                .map(total -> IssueRules.shares(request, known.quotes(), total))
                .orElseGet(() -> Outcome.refused(ErrorCode.TRANSACTION_UNBALANCED, "the outputs' sum is above 64 bits"))
                .then(shares -> mint(request, digest, known, shares));
    }

    private Outcome<List<BlindSignature>> mint(
            IssueRequest request, Digest digest, Known known, List<QuoteTable.Issue> shares) {
        Keyring keyring = keysets.knowing(List.of(), request.outputs());
        Optional<Refusal> problem = problem(request, known, keyring);
        if (problem.isPresent()) {
            return Outcome.refused(problem.get());
        }
        List<SignatureTable.New> signatures = outputs.sign(request.outputs(), keyring);
        steps.reached(KIND, Step.SIGNED);
        Outcome<List<StoredQuote>> committed;
        try {
            committed =
                    deeds.commit(new Deed(KIND, digest, shares, List.of(), signatures, changes(shares, signatures)));
        } catch (UndoneException lost) {
            return afterDefeat(request, digest);
        }
        return committed.then(changed -> {
            steps.reached(KIND, Step.COMMITTED);
            changed.forEach(journal::quoteChanged);
            shares.forEach(share -> journal.issued(share.quote(), share.amount()));
            return Outcome.done(
                    signatures.stream().map(SignatureTable.New::signature).toList());
        });
    }

    /** Another request was quicker: this very one, or one for the same quotes or outputs. */
    private Outcome<List<BlindSignature>> afterDefeat(IssueRequest request, Digest digest) {
        Known known = lookUp(request, digest);
        return switch (known.past()) {
            case Past.Answered answered -> Outcome.done(answered.signatures());
            case Past.SignedElsewhere elsewhere ->
                Outcome.refused(ErrorCode.OUTPUTS_SIGNED, "an output is signed already");
            case Past.Nothing nothing ->
                Outputs.sum(request.outputs())
                        .map(total -> IssueRules.shares(request, known.quotes(), total))
                        .orElseThrow()
                        .then(shares -> Outcome.refused(
                                ErrorCode.QUOTE_PENDING, "another request mints from the quote; repeat"));
        };
    }

    private static Digest digest(IssueRequest request) {
        Digest.Builder digest = Digest.of(KIND).text(request.method()).number(request.batch() ? 1 : 0);
        digest.number(request.parts().size());
        for (IssueRequest.Part part : request.parts()) {
            digest.text(part.quote().toString());
            digest.text(part.amount().map(Amount::toString).orElse(""));
        }
        return digest.outputs(request.outputs()).build();
    }

    private Known lookUp(IssueRequest request, Digest digest) {
        Question.Answer answer = questions.ask(new Question(
                request.parts().stream().map(IssueRequest.Part::quote).toList(), List.of(), request.outputs()));
        Map<UUID, StoredQuote> quotes = new HashMap<>(answer.quotes());
        quotes.values().removeIf(quote -> !quote.method().equals(request.method()));
        return new Known(quotes, Outputs.past(answer.signed(), request.outputs(), digest));
    }

    /** Every quote is there, once, and whoever it is locked to has signed for these outputs. */
    private Optional<Refusal> unauthorised(IssueRequest request, Map<UUID, StoredQuote> quotes) {
        Set<UUID> seen = new HashSet<>();
        for (IssueRequest.Part part : request.parts()) {
            if (!seen.add(part.quote())) {
                return Optional.of(new Refusal(ErrorCode.DUPLICATE_QUOTES, "a quote is there twice"));
            }
            if (!quotes.containsKey(part.quote())) {
                return Optional.of(new Refusal(ErrorCode.QUOTE_UNKNOWN, "no such quote"));
            }
        }
        if (seen.isEmpty()) {
            return Optional.of(new Refusal(ErrorCode.QUOTE_UNKNOWN, "no quotes"));
        }
        boolean signed = workers
                .map(request.parts(), part -> {
                    StoredQuote quote = Objects.requireNonNull(quotes.get(part.quote()));
                    return quote.lockingKey().isEmpty()
                            || part.signature()
                                    .filter(signature -> QuoteSignatures.verify(
                                            quote.id().toString(),
                                            request.outputs(),
                                            quote.lockingKey().get(),
                                            signature))
                                    .isPresent();
                })
                .stream()
                .allMatch(valid -> valid);
        return signed
                ? Optional.empty()
                : Optional.of(new Refusal(
                        ErrorCode.QUOTE_SIGNATURE_INVALID, "the quote is locked, and its key has not signed for this"));
    }

    private Optional<Refusal> problem(IssueRequest request, Known known, Keyring keyring) {
        if (request.parts().size() > limits.quotes()) {
            return Optional.of(
                    new Refusal(ErrorCode.MAX_BATCH_SIZE_EXCEEDED, "more than " + limits.quotes() + " quotes"));
        }
        if (known.past() instanceof Past.SignedElsewhere) {
            return Optional.of(new Refusal(ErrorCode.OUTPUTS_SIGNED, "an output is signed already"));
        }
        return outputs.problem(request.outputs(), keyring, limits.outputs()).or(() -> {
            String unit = Outputs.unit(request.outputs(), keyring);
            return known.quotes().values().stream()
                            .allMatch(quote -> quote.unit().equals(unit))
                    ? Optional.empty()
                    : Optional.of(new Refusal(ErrorCode.UNIT_MISMATCH, "quotes and outputs are of different units"));
        });
    }

    private static Map<LedgerTable.Account, Sums> changes(
            List<QuoteTable.Issue> shares, List<SignatureTable.New> signatures) {
        String unit = shares.getFirst().quote().unit();
        Map<LedgerTable.Account, Sums> changes = new HashMap<>();
        Outputs.sums(signatures)
                .forEach((keyset, signed) -> changes.put(new LedgerTable.Account(unit, keyset), Sums.ofSigned(signed)));
        BigInteger issued =
                shares.stream().map(share -> share.amount().toBigInteger()).reduce(BigInteger.ZERO, BigInteger::add);
        changes.put(new LedgerTable.Account(unit, LedgerTable.QUOTES), Sums.ofIssued(issued));
        return changes;
    }
}
