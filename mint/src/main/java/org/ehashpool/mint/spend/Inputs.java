package org.ehashpool.mint.spend;

import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.condition.SpendingConditions;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.keyset.Fees;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.mint.keyset.Keyring;
import org.ehashpool.mint.keyset.MintKeyset;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.outcome.Refusal;
import org.ehashpool.mint.store.Digest;
import org.ehashpool.mint.store.ProofTable;
import org.ehashpool.mint.work.CurveWorkers;
import org.ehashpool.mint.work.Limits;
import org.jooq.DSLContext;

/** Verifies and spends inputs. */
public final class Inputs {

    private final CurveWorkers workers;
    private final InstantSource clock;

    public Inputs(CurveWorkers workers, InstantSource clock) {
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Verifies the mint's signature on each input, and the conditions under which they may be spent together. Neither
     * depends on what is active, expired or spent, so that a repeated request gets as far as the first did.
     *
     * @param outputs what {@code SIG_ALL} covers besides the inputs
     * @param quote what it covers when they are melted
     */
    public Outcome<List<VerifiedInput>> verify(
            List<Proof> inputs, List<BlindedMessage> outputs, Optional<String> quote, Keyring keyring) {
        List<MintKeyset> keysets = new ArrayList<>(inputs.size());
        for (Proof input : inputs) {
            Optional<MintKeyset> keyset = keyring.find(input.keysetId());
            if (keyset.isEmpty()) {
                return Outcome.refused(ErrorCode.KEYSET_UNKNOWN, "keyset " + input.keysetId() + " is not known");
            }
            keysets.add(keyset.get());
        }
        record Pair(Proof proof, MintKeyset keyset) {}
        List<Pair> pairs = new ArrayList<>(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            pairs.add(new Pair(inputs.get(i), keysets.get(i)));
        }
        List<Optional<VerifiedInput>> verified = workers.map(pairs, pair -> {
            PublicKey y = pair.proof().y();
            return pair.keyset().keys().verify(pair.proof(), y)
                    ? Optional.of(new VerifiedInput(pair.proof(), y, pair.keyset()))
                    : Optional.<VerifiedInput>empty();
        });
        if (verified.stream().anyMatch(Optional::isEmpty)) {
            return Outcome.refused(ErrorCode.PROOF_INVALID, "an input is not signed by this mint");
        }
        Optional<Refusal> locked = SpendingConditions.check(
                        inputs, outputs, quote, clock.instant().getEpochSecond())
                .map(failure -> new Refusal(failure.code(), failure.detail()));
        return locked.isPresent()
                ? Outcome.refused(locked.get())
                : Outcome.done(verified.stream().flatMap(Optional::stream).toList());
    }

    /** Adds the inputs to a request's digest. */
    public static void digest(Digest.Builder digest, List<VerifiedInput> inputs) {
        digest.number(inputs.size());
        for (VerifiedInput input : inputs) {
            digest.number(input.proof().amount().toLong());
            digest.bytes(input.keyset().row().id().toBytes());
            digest.bytes(input.y().toBytes());
            digest.bytes(input.proof().point().toBytes());
        }
    }

    /** What is wrong with verified inputs, as far as it can be told without the database. */
    public Optional<Refusal> problem(List<VerifiedInput> inputs, Limits limits) {
        if (inputs.isEmpty()) {
            return refusal(ErrorCode.TRANSACTION_UNBALANCED, "no inputs");
        }
        if (inputs.size() > limits.inputs()) {
            return refusal(ErrorCode.MAX_INPUTS_EXCEEDED, "more than " + limits.inputs() + " inputs");
        }
        Set<PublicKey> ys = new HashSet<>();
        Set<String> units = new HashSet<>();
        Instant now = clock.instant();
        for (VerifiedInput input : inputs) {
            if (limits.tooLong(input.proof())) {
                return refusal(ErrorCode.REQUEST_INVALID, "a secret or a witness is too long");
            }
            if (!ys.add(input.y())) {
                return refusal(ErrorCode.DUPLICATE_INPUTS, "an input is there twice");
            }
            if (input.keyset().row().expired(now)) {
                return refusal(
                        ErrorCode.KEYSET_EXPIRED,
                        "keyset " + input.keyset().row().id() + " is expired");
            }
            units.add(input.keyset().row().unit());
        }
        return units.size() == 1 ? Optional.empty() : refusal(ErrorCode.MULTIPLE_UNITS, "inputs of several units");
    }

    /** The inputs' sum; empty when it is above 64 bits. */
    public static Optional<Amount> sum(List<VerifiedInput> inputs) {
        return Amount.sum(inputs.stream().map(input -> input.proof().amount()).toList());
    }

    /** What the mint keeps. Empty when it is above 64 bits. */
    public static Optional<Amount> fee(List<VerifiedInput> inputs) {
        return Fees.of(inputs.stream().mapToLong(input -> input.keyset().row().inputFeePpk()));
    }

    /** Whether one of the inputs is spent already. */
    public static boolean anySpent(DSLContext sql, List<VerifiedInput> inputs) {
        return !new ProofTable(sql)
                .find(inputs.stream().map(VerifiedInput::y).toList())
                .isEmpty();
    }

    /** Spends the inputs; false if one of them was spent meanwhile. */
    public static boolean spend(DSLContext sql, List<VerifiedInput> inputs, long operation, Instant now) {
        return new ProofTable(sql)
                .spend(
                        Map.of(
                                operation,
                                inputs.stream().map(VerifiedInput::toSpent).toList()),
                        now)
                .isEmpty();
    }

    /** What is spent, by keyset number. */
    public static Map<Integer, BigInteger> sums(List<VerifiedInput> inputs) {
        Map<Integer, BigInteger> sums = new HashMap<>();
        for (VerifiedInput input : inputs) {
            sums.merge(input.keyset().row().number(), input.proof().amount().toBigInteger(), BigInteger::add);
        }
        return sums;
    }

    private static Optional<Refusal> refusal(ErrorCode code, String detail) {
        return Optional.of(new Refusal(code, detail));
    }
}
