package org.ehashpool.mint.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.store.ProofTable;
import org.ehashpool.mint.store.SignatureTable;
import org.ehashpool.mint.work.Limits;

/** Answers from what is stored; changes nothing. Blocks: for threads that may wait. */
public final class Recovery {

    private final Database database;

    public Recovery(Database database) {
        this.database = database;
    }

    /** The proofs' states, in their order. */
    public Outcome<List<ProofState>> states(List<PublicKey> ys) {
        if (ys.size() > Limits.CEILING) {
            return Outcome.refused(ErrorCode.MAX_INPUTS_EXCEEDED, "more than " + Limits.CEILING + " proofs");
        }
        Map<PublicKey, Optional<String>> spent =
                database.transactBlocking(Isolation.READ_COMMITTED, sql -> new ProofTable(sql).find(ys));
        return Outcome.done(ys.stream()
                .map(y -> new ProofState(y, spent.containsKey(y), spent.getOrDefault(y, Optional.empty())))
                .toList());
    }

    /** The signatures on those of the outputs that were signed, whatever became of their keysets since. */
    public Outcome<Restored> restore(List<BlindedMessage> outputs) {
        if (outputs.size() > Limits.CEILING) {
            return Outcome.refused(ErrorCode.MAX_OUTPUTS_EXCEEDED, "more than " + Limits.CEILING + " outputs");
        }
        Map<PublicKey, SignatureTable.Stored> stored = database.transactBlocking(
                Isolation.READ_COMMITTED,
                sql -> new SignatureTable(sql)
                        .find(outputs.stream().map(BlindedMessage::point).toList()));
        List<BlindedMessage> found = new ArrayList<>();
        List<BlindSignature> signatures = new ArrayList<>();
        for (BlindedMessage output : outputs) {
            SignatureTable.Stored signature = stored.get(output.point());
            if (signature != null) {
                BlindSignature answer = signature.signature();
                found.add(new BlindedMessage(answer.amount(), answer.keysetId(), output.point()));
                signatures.add(answer);
            }
        }
        return Outcome.done(new Restored(found, signatures));
    }
}
