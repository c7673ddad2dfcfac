package org.ehashpool.mint.commit;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.mint.store.SignatureTable;
import org.ehashpool.mint.store.StoredQuote;

/**
 * What has to be known before an operation is begun.
 *
 * @param quotes by id
 * @param ys of proofs
 * @param outputs that may be signed
 */
public record Question(List<UUID> quotes, List<PublicKey> ys, List<BlindedMessage> outputs) {

    public Question {
        quotes = List.copyOf(quotes);
        ys = List.copyOf(ys);
        outputs = List.copyOf(outputs);
    }

    /**
     * What the database knows of it.
     *
     * @param quotes those that there are, by id
     * @param anySpent whether one of the proofs is spent
     * @param signed those of the outputs that are signed, by blinded message
     */
    public record Answer(
            Map<UUID, StoredQuote> quotes, boolean anySpent, Map<PublicKey, SignatureTable.Stored> signed) {

        public Answer {
            quotes = Map.copyOf(quotes);
            signed = Map.copyOf(signed);
        }
    }

    int size() {
        return quotes.size() + ys.size() + outputs.size();
    }

    /** Its own answer out of that to many questions. */
    Answer select(Map<UUID, StoredQuote> found, Set<PublicKey> spent, Map<PublicKey, SignatureTable.Stored> signed) {
        return new Answer(
                only(found, quotes),
                ys.stream().anyMatch(spent::contains),
                only(signed, outputs.stream().map(BlindedMessage::point).toList()));
    }

    private static <K, V> Map<K, V> only(Map<K, V> all, Collection<K> keys) {
        Map<K, V> found = new HashMap<>(all);
        found.keySet().retainAll(new HashSet<>(keys));
        return found;
    }
}
