package org.ehashpool.mint.commit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.outcome.Refusal;
import org.ehashpool.mint.sign.Outputs;
import org.ehashpool.mint.spend.VerifiedInput;
import org.ehashpool.mint.store.Digest;
import org.ehashpool.mint.store.LedgerTable;
import org.ehashpool.mint.store.OperationTable;
import org.ehashpool.mint.store.ProofTable;
import org.ehashpool.mint.store.QuoteTable;
import org.ehashpool.mint.store.SignatureTable;
import org.ehashpool.mint.store.StoredQuote;
import org.ehashpool.mint.store.Sums;
import org.ehashpool.mint.work.Step;
import org.ehashpool.mint.work.StepWatch;
import org.jooq.DSLContext;

/**
 * Deeds that have no claim in common, in one transaction, a statement for each table. Locks are taken in the order of all
 * transactions: the mint's, quotes by id, proofs by Y, signatures by blinded message.
 */
final class DeedTransaction {

    private final DSLContext sql;
    private final Outputs outputs;
    private final StepWatch steps;
    private final Instant now;
    /** Those that are refused or done, and lost ones without an answer. */
    private final Map<Digest, Optional<Outcome<List<StoredQuote>>>> answers = new HashMap<>();

    DeedTransaction(DSLContext sql, Outputs outputs, StepWatch steps, Instant now) {
        this.sql = sql;
        this.outputs = outputs;
        this.steps = steps;
        this.now = now;
    }

    /**
     * Does what can be done.
     *
     * @return by digest: the quotes as they are now, or a refusal, or nothing where a quote has less left than it had
     * @throws LostException when an input is spent or an output signed by another transaction, which is committed; then
     *     nothing at all may be done
     */
    Map<Digest, Optional<Outcome<List<StoredQuote>>>> commit(List<Deed> deeds) {
        List<Deed> fit = covered(admitted(deeds));
        if (!fit.isEmpty()) {
            write(fit);
        }
        return answers;
    }

    private List<Deed> admitted(List<Deed> deeds) {
        Outputs.Gate gate = outputs.enter(
                sql, deeds.stream().flatMap(deed -> deed.signatures().stream()).toList());
        List<Deed> admitted = new ArrayList<>();
        for (Deed deed : deeds) {
            Optional<Refusal> closed = gate.closedTo(deed.signatures());
            closed.ifPresentOrElse(
                    refusal -> answers.put(deed.digest(), Optional.of(Outcome.refused(refusal))),
                    () -> admitted.add(deed));
        }
        return admitted;
    }

    /** Those whose quotes, locked now, still have what is to be issued. */
    private List<Deed> covered(List<Deed> deeds) {
        List<UUID> ids = deeds.stream()
                .flatMap(deed -> deed.issues().stream())
                .map(issue -> issue.quote().id())
                .toList();
        if (ids.isEmpty()) {
            return deeds;
        }
        Map<UUID, StoredQuote> locked = new QuoteTable(sql).lock(ids);
        List<Deed> covered = new ArrayList<>();
        for (Deed deed : deeds) {
            List<QuoteTable.Issue> issues = new ArrayList<>();
            for (QuoteTable.Issue issue : deed.issues()) {
                StoredQuote quote = locked.get(issue.quote().id());
                if (quote != null && issue.amount().compareTo(quote.mintable()) <= 0) {
                    issues.add(new QuoteTable.Issue(quote, issue.amount()));
                }
            }
            if (issues.size() == deed.issues().size()) {
                covered.add(
                        new Deed(deed.kind(), deed.digest(), issues, deed.inputs(), deed.signatures(), deed.changes()));
            } else {
                answers.put(deed.digest(), Optional.empty());
            }
        }
        return covered;
    }

    private void write(List<Deed> deeds) {
        List<String> kinds = deeds.stream().map(Deed::kind).toList();
        Map<Long, Deed> operations = new OperationTable(sql)
                .add(
                        deeds.stream()
                                .collect(Collectors.toMap(
                                        Deed::digest, Function.identity(), (a, b) -> a, LinkedHashMap::new)),
                        Deed::kind,
                        now);
        Map<Long, List<StoredQuote>> changed = new QuoteTable(sql).issue(parts(operations, Deed::issues), now);
        insist(operations, new ProofTable(sql).spend(parts(operations, DeedTransaction::spent), now));
        steps.reached(kinds, Step.TAKEN);
        insist(operations, new SignatureTable(sql).add(parts(operations, Deed::signatures)));
        steps.reached(kinds, Step.STORED);
        new LedgerTable(sql).add(changes(deeds));
        steps.reached(kinds, Step.COMMITTING);
        operations.forEach((operation, deed) ->
                answers.put(deed.digest(), Optional.of(Outcome.done(changed.getOrDefault(operation, List.of())))));
    }

    private static void insist(Map<Long, Deed> operations, Set<Long> lost) {
        if (!lost.isEmpty()) {
            Set<Digest> deeds = operations.entrySet().stream()
                    .filter(entry -> lost.contains(entry.getKey()))
                    .map(entry -> entry.getValue().digest())
                    .collect(Collectors.toSet());
            throw new LostException(deeds);
        }
    }

    private static List<ProofTable.Spent> spent(Deed deed) {
        return deed.inputs().stream().map(VerifiedInput::toSpent).toList();
    }

    /** What deeds write into one table, by operation; without those that write nothing there. */
    private static <T> Map<Long, List<T>> parts(Map<Long, Deed> operations, Function<Deed, List<T>> part) {
        Map<Long, List<T>> parts = new LinkedHashMap<>();
        operations.forEach((operation, deed) -> {
            List<T> rows = part.apply(deed);
            if (!rows.isEmpty()) {
                parts.put(operation, rows);
            }
        });
        return parts;
    }

    private static Map<LedgerTable.Account, Sums> changes(List<Deed> deeds) {
        Map<LedgerTable.Account, Sums> changes = new HashMap<>();
        for (Deed deed : deeds) {
            deed.changes().forEach((account, sums) -> changes.merge(account, sums, Sums::plus));
        }
        return changes;
    }
}
