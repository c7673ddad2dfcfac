package org.ehashpool.wallet.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.json.StateMessages.SpentState;
import org.ehashpool.cashu.json.SwapMessages.RestoreAnswer;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.wallet.BlindedSecret;
import org.ehashpool.wallet.mint.MintFaultException;
import org.ehashpool.wallet.session.MintSession;
import org.ehashpool.wallet.store.PlannedOutput;

/** What a mint has signed of a request's outputs that it refuses now. */
sealed interface LostAnswer {

    /** None of them. */
    record None() implements LostAnswer {}

    /** The request was carried out: this is what its answer was worth. */
    record CarriedOut(Exchange.Outcome outcome) implements LostAnswer {}

    /**
     * They were signed for another request, by this seed in a time that the database does not remember: it is an older
     * copy, or another wallet has the seed too.
     */
    record Reused() implements LostAnswer {}

    /**
     * Asks the mint by NUT-09 and, of what it signed, by NUT-07.
     *
     * @throws MintFaultException if it has signed with keys it has not published
     */
    static LostAnswer seek(MintSession mint, Exchange exchange) {
        List<BlindedMessage> outputs = exchange.outputs();
        RestoreAnswer answer = mint.api().restore(outputs);
        if (answer.outputs().size() != answer.signatures().size()) {
            throw new MintFaultException("as many signatures as outputs are expected of a restore");
        }
        Map<PublicKey, BlindSignature> signed = new HashMap<>();
        for (int i = 0; i < answer.outputs().size(); i++) {
            signed.putIfAbsent(
                    answer.outputs().get(i).point(), answer.signatures().get(i));
        }
        List<BlindSignature> ours = new ArrayList<>();
        boolean any = false;
        for (BlindedMessage output : outputs) {
            BlindSignature signature = signed.get(output.point());
            any |= signature != null;
            if (signature != null && signature.amount().equals(output.amount())) {
                ours.add(signature);
            }
        }
        if (!any) {
            return new None();
        }
        if (ours.size() < outputs.size() || !taken(mint, exchange)) {
            return new Reused();
        }
        Exchange.Outcome outcome = worth(mint, exchange, ours);
        List<Proof> made = new ArrayList<>(outcome.kept());
        made.addAll(outcome.sent());
        // Nobody can have spent what nobody had before the answer.
        return states(mint, made).contains(SpentState.SPENT) ? new Reused() : new CarriedOut(outcome);
    }

    /** A swap that was carried out has spent all its inputs; a claim has none. */
    private static boolean taken(MintSession mint, Exchange exchange) {
        return states(mint, exchange.inputs()).equals(Set.of(SpentState.SPENT))
                || exchange.inputs().isEmpty();
    }

    private static Set<SpentState> states(MintSession mint, List<Proof> proofs) {
        return proofs.isEmpty()
                ? Set.of()
                : Set.copyOf(mint.api().states(proofs.stream().map(Proof::y).toList()));
    }

    /**
     * What an answer is worth.
     *
     * @throws MintFaultException if a signature is not by the published key of its output's amount
     */
    static Exchange.Outcome worth(MintSession mint, Exchange exchange, List<BlindSignature> signatures) {
        var keysets =
                mint.find(exchange.planned().stream().map(PlannedOutput::keyset).collect(Collectors.toSet()));
        List<Proof> kept = new ArrayList<>();
        List<Proof> sent = new ArrayList<>();
        for (int i = 0; i < signatures.size(); i++) {
            PlannedOutput output = exchange.planned().get(i);
            Keyset keyset = keysets.get(output.keyset());
            Proof proof = keyset == null
                    ? null
                    : proof(exchange.secrets().get(i), output, signatures.get(i), keyset)
                            .orElse(null);
            if (proof == null) {
                throw new MintFaultException("signature " + i + " is not by the published key of its amount");
            }
            (output.sent() ? sent : kept).add(proof);
        }
        return new Exchange.Outcome(kept, sent);
    }

    private static Optional<Proof> proof(
            BlindedSecret secret, PlannedOutput output, BlindSignature signature, Keyset keyset) {
        if (!signature.amount().equals(output.amount())) {
            return Optional.empty();
        }
        try {
            return secret.unblind(signature, keyset);
        } catch (IllegalArgumentException e) {
            throw new MintFaultException("a blind signature: " + e.getMessage());
        }
    }
}
