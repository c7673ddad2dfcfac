package org.ehashpool.cashu.condition;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.proof.Proof;

/** Whether inputs may be spent together, as far as their secrets lock them. Whether they are valid is another question. */
public final class SpendingConditions {
    /** About a second of a core; what wallets send is far below it. */
    private static final int MOST_VERIFICATIONS = 20_000;

    private SpendingConditions() {}

    /** An input and what its secret means. */
    private record Locked(Proof proof, LockedSecret secret, SpendingLock lock) {}

    /**
     * Evaluates the conditions of all inputs.
     *
     * @param outputs what {@link SigFlag#SIG_ALL} covers besides the inputs
     * @param quote what it covers when the inputs are melted
     * @param now seconds since the epoch, by the mint's clock
     * @return why they may not be spent, or empty if they may
     */
    public static Optional<ConditionFailure> check(
            List<Proof> inputs, List<BlindedMessage> outputs, Optional<String> quote, long now) {
        List<Locked> locked = new ArrayList<>();
        for (Proof input : inputs) {
            switch (LockedSecret.read(input.secret())) {
                case LockedSecret.Reading.Plain plain -> {}
                case LockedSecret.Reading.Locked(LockedSecret secret) -> {
                    try {
                        locked.add(new Locked(input, secret, SpendingLock.of(secret)));
                    } catch (BrokenLockException e) {
                        return unspendable(e.problem());
                    }
                }
                case LockedSecret.Reading.Malformed(String problem) -> {
                    return unspendable(problem);
                }
            }
        }
        SignatureBudget budget = new SignatureBudget(MOST_VERIFICATIONS);
        try {
            return locked.stream().anyMatch(input -> input.lock().flag() == SigFlag.SIG_ALL)
                    ? checkTogether(locked, inputs, outputs, quote, now, budget)
                    : locked.stream()
                            .flatMap(
                                    input -> unmet(
                                            input.lock(),
                                            input.proof(),
                                            SignedMessage.ofInput(input.proof()),
                                            now,
                                            budget)
                                            .stream())
                            .findFirst();
        } catch (SignatureBudget.SpentException e) {
            return failure(ErrorCode.MAX_INPUTS_EXCEEDED, "too many signatures to check; spend fewer inputs at a time");
        }
    }

    /**
     * NUT-11: "If any one input has the signature flag SIG_ALL, then all inputs are required to have the same kind, the
     * flag SIG_ALL and the same Secret.data and Secret.tags", and "only the first input of a transaction requires a
     * witness".
     */
    private static Optional<ConditionFailure> checkTogether(
            List<Locked> locked,
            List<Proof> inputs,
            List<BlindedMessage> outputs,
            Optional<String> quote,
            long now,
            SignatureBudget budget) {
        Locked first = locked.getFirst();
        boolean same = locked.size() == inputs.size()
                && locked.stream()
                        .allMatch(input -> input.secret().kind()
                                        == first.secret().kind()
                                && input.secret().data().equals(first.secret().data())
                                && input.secret().tags().equals(first.secret().tags()));
        return same
                ? unmet(first.lock(), first.proof(), SignedMessage.ofAll(inputs, outputs, quote), now, budget)
                : failure(ErrorCode.WITNESS_INVALID, "SIG_ALL needs the same conditions on all inputs");
    }

    /** One witness for one lock. */
    private static Optional<ConditionFailure> unmet(
            SpendingLock lock, Proof carrier, SignedMessage message, long now, SignatureBudget budget) {
        boolean expired = lock.expired(now);
        // NUT-11: "otherwise the proof is considered unlocked and spendable without a witness signature".
        if (expired && lock.refund().isEmpty()) {
            return Optional.empty();
        }
        if (carrier.witness().isEmpty()) {
            return failure(
                    ErrorCode.WITNESS_INVALID,
                    lock.hash().isEmpty()
                            ? "no witness: p2pk needs signatures"
                            : "no witness: htlc needs a preimage, and signatures where it names keys");
        }
        Optional<Witness> witness = carrier.witness().flatMap(Witness::parse);
        if (witness.isEmpty()) {
            return failure(ErrorCode.WITNESS_INVALID, "a witness is not in the format");
        }
        List<byte[]> signatures = witness.get().plausible();
        byte[] digest = message.digest();
        boolean revealed = lock.hash().isEmpty() || revealed(lock.hash().get(), witness.get());
        if (revealed && budget.satisfied(lock.main(), signatures, digest)) {
            return Optional.empty();
        }
        if (expired && budget.satisfied(lock.refund().get(), signatures, digest)) {
            return Optional.empty();
        }
        return failure(
                ErrorCode.WITNESS_INVALID,
                revealed
                        ? "signatures of a locked input are missing or not valid"
                        : "the preimage is missing or not the hash's");
    }

    /** NUT-14: "SHA256(hex_to_bytes(Proof.witness.preimage)) == hex_to_bytes(Proof.secret.data)". */
    private static boolean revealed(byte[] hash, Witness witness) {
        return witness.preimageBytes()
                .filter(preimage -> MessageDigest.isEqual(SignedMessage.sha256(preimage), hash))
                .isPresent();
    }

    private static Optional<ConditionFailure> unspendable(String problem) {
        return failure(ErrorCode.PROOF_INVALID, "a locked secret is malformed: " + problem);
    }

    private static Optional<ConditionFailure> failure(ErrorCode code, String detail) {
        return Optional.of(new ConditionFailure(code, detail));
    }
}
