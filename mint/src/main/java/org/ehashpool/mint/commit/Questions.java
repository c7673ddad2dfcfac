package org.ehashpool.mint.commit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.mint.store.ProofTable;
import org.ehashpool.mint.store.QuoteTable;
import org.ehashpool.mint.store.SignatureTable;
import org.ehashpool.mint.store.StoredQuote;
import org.ehashpool.mint.work.Gathering;

/** Asks the database what it knows, for all who ask at the same time with one statement for each table. */
public final class Questions {

    private static final int LANES = 2;
    private static final int ROWS = 2_000;

    private final Database database;
    private final Gathering<Question, Question.Answer> gathering =
            new Gathering<>(LANES, ROWS, Question::size, this::answerAll);

    public Questions(Database database) {
        this.database = database;
    }

    /**
     * What the database knows. An operation that is committed meanwhile may be missing, or there with its signatures:
     * never with its inputs or quotes only. Blocks: for a thread that may wait.
     */
    public Question.Answer ask(Question question) {
        return gathering.call(question);
    }

    private void answerAll(List<Gathering.Call<Question, Question.Answer>> calls) {
        List<UUID> ids =
                calls.stream().flatMap(call -> call.item().quotes().stream()).toList();
        List<PublicKey> ys =
                calls.stream().flatMap(call -> call.item().ys().stream()).toList();
        List<PublicKey> points = calls.stream()
                .flatMap(call -> call.item().outputs().stream())
                .map(BlindedMessage::point)
                .toList();
        record Found(
                Map<UUID, StoredQuote> quotes, Set<PublicKey> spent, Map<PublicKey, SignatureTable.Stored> signed) {}
        Found found = database.transactBlocking(Isolation.READ_COMMITTED, sql -> {
            // The signatures last: what is committed between two statements is then found with its signatures.
            Map<UUID, StoredQuote> quotes = ids.isEmpty() ? Map.of() : new QuoteTable(sql).find(ids);
            Set<PublicKey> spent =
                    ys.isEmpty() ? Set.of() : new ProofTable(sql).find(ys).keySet();
            return new Found(quotes, spent, new SignatureTable(sql).find(points));
        });
        for (Gathering.Call<Question, Question.Answer> call : calls) {
            call.answer().complete(call.item().select(found.quotes(), found.spent(), found.signed()));
        }
    }
}
