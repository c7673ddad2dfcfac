package org.ehashpool.wallet.operation;

import java.util.List;
import java.util.stream.IntStream;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.wallet.BlindedSecret;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.PlannedOutput;
import org.ehashpool.wallet.store.StoredQuote;

/**
 * An operation with all that its request is made of.
 *
 * @param planned its outputs, in the request's order
 * @param secrets of the outputs, in the same order
 * @param inputs of a swap
 * @param quotes of a claim
 */
record Exchange(
        Operation operation,
        List<PlannedOutput> planned,
        List<BlindedSecret> secrets,
        List<Proof> inputs,
        List<StoredQuote> quotes) {

    List<BlindedMessage> outputs() {
        return IntStream.range(0, planned.size())
                .mapToObj(i -> secrets.get(i).output(planned.get(i).amount()))
                .toList();
    }

    /** Proofs that an answer is worth: the wallet's own, and those for a token. */
    record Outcome(List<Proof> kept, List<Proof> sent) {}
}
