package org.ehashpool.mint.commit;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.kit.postgres.CommitOutcomeUnknownException;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.DatabaseBusyException;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.sign.Outputs;
import org.ehashpool.mint.store.Digest;
import org.ehashpool.mint.store.StoredQuote;
import org.ehashpool.mint.work.Gathering;
import org.ehashpool.mint.work.StepWatch;
import org.ehashpool.mint.work.UndoneException;

/**
 * Commits deeds, those together that come together. None of them fails for another's sake: deeds that want the same are
 * not put into one transaction, one that turns out to have lost is left out of the next attempt, and when a transaction
 * fails, each of its deeds gets one of its own.
 */
public final class Deeds {

    /** Some at work on rows while others wait for the disk. */
    private static final int LANES = 4;

    private static final int ROWS = 2_000;

    private final Database database;
    private final Outputs outputs;
    private final InstantSource clock;
    private final StepWatch steps;
    private final Gathering<Deed, Outcome<List<StoredQuote>>> gathering =
            new Gathering<>(LANES, ROWS, Deed::size, this::commitAll);

    public Deeds(Database database, Outputs outputs, InstantSource clock, StepWatch steps) {
        this.database = database;
        this.outputs = outputs;
        this.clock = clock;
        this.steps = steps;
    }

    /**
     * Does it, durably, or refuses it. Blocks: for a thread that may wait.
     *
     * @return the quotes as they are now, of a deed that issues
     * @throws UndoneException when another transaction, which is committed, has some of what this wants
     */
    public Outcome<List<StoredQuote>> commit(Deed deed) {
        return gathering.call(deed);
    }

    private void commitAll(List<Gathering.Call<Deed, Outcome<List<StoredQuote>>>> calls) {
        List<Gathering.Call<Deed, Outcome<List<StoredQuote>>>> left = calls;
        while (!left.isEmpty()) {
            Set<Object> claimed = new HashSet<>();
            List<Gathering.Call<Deed, Outcome<List<StoredQuote>>>> together = new ArrayList<>();
            List<Gathering.Call<Deed, Outcome<List<StoredQuote>>>> later = new ArrayList<>();
            for (var call : left) {
                Set<Object> claims = call.item().claims();
                if (claims.stream().noneMatch(claimed::contains)) {
                    together.add(call);
                } else {
                    later.add(call);
                }
                // Also of those that wait: who came first is first.
                claimed.addAll(claims);
            }
            commitTogether(together);
            left = later;
        }
    }

    private void commitTogether(List<Gathering.Call<Deed, Outcome<List<StoredQuote>>>> calls) {
        List<Gathering.Call<Deed, Outcome<List<StoredQuote>>>> left = new ArrayList<>(calls);
        while (!left.isEmpty()) {
            List<Deed> deeds = left.stream().map(Gathering.Call::item).toList();
            try {
                Map<Digest, Optional<Outcome<List<StoredQuote>>>> answers = database.transactBlocking(
                        Isolation.READ_COMMITTED,
                        sql -> new DeedTransaction(sql, outputs, steps, clock.instant()).commit(deeds));
                left.forEach(call -> answer(call, answers));
                return;
            } catch (LostException lost) {
                left.removeIf(call -> lost.deeds().contains(call.item().digest())
                        && call.answer().completeExceptionally(new UndoneException()));
            } catch (CommitOutcomeUnknownException | DatabaseBusyException e) {
                // A second attempt helps nobody: all may be done already, or there is no time to do any.
                left.forEach(call -> call.answer().completeExceptionally(e));
                return;
            } catch (RuntimeException e) {
                if (left.size() == 1) {
                    left.getFirst().answer().completeExceptionally(e);
                    return;
                }
                left.forEach(call -> commitTogether(List.of(call)));
                return;
            }
        }
    }

    private static void answer(
            Gathering.Call<Deed, Outcome<List<StoredQuote>>> call,
            Map<Digest, Optional<Outcome<List<StoredQuote>>>> answers) {
        Objects.requireNonNull(answers.get(call.item().digest()))
                .ifPresentOrElse(
                        call.answer()::complete, () -> call.answer().completeExceptionally(new UndoneException()));
    }
}
