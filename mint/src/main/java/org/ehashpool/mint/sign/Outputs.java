package org.ehashpool.mint.sign;

import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.mint.keyset.Keyring;
import org.ehashpool.mint.keyset.MintKeyset;
import org.ehashpool.mint.outcome.Refusal;
import org.ehashpool.mint.store.Digest;
import org.ehashpool.mint.store.KeysetTable;
import org.ehashpool.mint.store.SignatureTable;
import org.ehashpool.mint.store.StatusTable;
import org.ehashpool.mint.store.StoredKeyset;
import org.ehashpool.mint.work.CurveWorkers;
import org.jooq.DSLContext;

/** Signs outputs, in three steps: before the transaction, in it, and never after it. */
public final class Outputs {

    private final CurveWorkers workers;
    private final InstantSource clock;

    public Outputs(CurveWorkers workers, InstantSource clock) {
        this.workers = workers;
        this.clock = clock;
    }

    /** What became of these outputs in the past, for an operation with that digest. */
    public static Past past(DSLContext sql, List<BlindedMessage> outputs, Digest digest) {
        return past(
                new SignatureTable(sql)
                        .find(outputs.stream().map(BlindedMessage::point).toList()),
                outputs,
                digest);
    }

    /**
     * As {@link #past(DSLContext, List, Digest)}.
     *
     * @param found those of the outputs that are signed
     */
    public static Past past(Map<PublicKey, SignatureTable.Stored> found, List<BlindedMessage> outputs, Digest digest) {
        if (found.isEmpty()) {
            return new Past.Nothing();
        }
        if (found.values().stream().anyMatch(stored -> !stored.operation().equals(digest))
                || found.size() != outputs.size()) {
            return new Past.SignedElsewhere();
        }
        BlindSignature[] answer = new BlindSignature[outputs.size()];
        for (SignatureTable.Stored stored : found.values()) {
            answer[stored.position()] = stored.signature();
        }
        return new Past.Answered(Arrays.asList(answer));
    }

    /** What is wrong with outputs, as far as it can be told without the database. */
    public Optional<Refusal> problem(List<BlindedMessage> outputs, Keyring keyring, int limit) {
        if (outputs.isEmpty()) {
            return refusal(ErrorCode.TRANSACTION_UNBALANCED, "no outputs");
        }
        if (outputs.size() > limit) {
            return refusal(ErrorCode.MAX_OUTPUTS_EXCEEDED, "more than " + limit + " outputs");
        }
        Set<PublicKey> points = new HashSet<>();
        Set<String> units = new HashSet<>();
        Instant now = clock.instant();
        for (BlindedMessage output : outputs) {
            if (!points.add(output.point())) {
                return refusal(ErrorCode.DUPLICATE_OUTPUTS, "an output is there twice");
            }
            Optional<MintKeyset> keyset = keyring.find(output.keysetId());
            if (keyset.isEmpty()) {
                return refusal(ErrorCode.KEYSET_UNKNOWN, "keyset " + output.keysetId() + " is not known");
            }
            Optional<Refusal> unfit = unfit(keyset.get().row(), now);
            if (unfit.isPresent()) {
                return unfit;
            }
            if (!keyset.get().keys().has(output.amount())) {
                return refusal(
                        ErrorCode.AMOUNT_OUTSIDE_LIMIT, "the keyset has no key of the amount " + output.amount());
            }
            units.add(keyset.get().row().unit());
        }
        return units.size() == 1 ? Optional.empty() : refusal(ErrorCode.MULTIPLE_UNITS, "outputs of several units");
    }

    /** The unit of outputs that have no {@link #problem}. */
    public static String unit(List<BlindedMessage> outputs, Keyring keyring) {
        return keyring.find(outputs.getFirst().keysetId()).orElseThrow().row().unit();
    }

    /** Signs; what comes out leaves this process only after {@link #store} is committed. */
    public List<SignatureTable.New> sign(List<BlindedMessage> outputs, Keyring keyring) {
        return workers.map(outputs, output -> {
            MintKeyset keyset = keyring.find(output.keysetId()).orElseThrow();
            return new SignatureTable.New(
                    output.point(), keyset.row().number(), keyset.keys().sign(output));
        });
    }

    /**
     * Whether the mint writes, and which keysets sign: both stay so until the commit.
     *
     * @param keysets by number
     */
    public record Gate(boolean readOnly, Map<Integer, StoredKeyset> keysets, Instant now) {

        public Gate {
            keysets = Map.copyOf(keysets);
        }

        /** Why these cannot be stored in the transaction. */
        public Optional<Refusal> closedTo(List<SignatureTable.New> signatures) {
            if (readOnly) {
                return refusal(ErrorCode.MINTING_DISABLED, "the mint is read-only at present");
            }
            return signatures.stream()
                    .map(SignatureTable.New::keyset)
                    .distinct()
                    .map(number -> unfit(Objects.requireNonNull(keysets.get(number)), now))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
    }

    /** First thing in a transaction that signs: takes the mint's lock, and looks at the keysets of what is signed. */
    public Gate enter(DSLContext sql, List<SignatureTable.New> signatures) {
        StatusTable status = new StatusTable(sql);
        status.share();
        Set<Integer> numbers =
                signatures.stream().map(SignatureTable.New::keyset).collect(Collectors.toSet());
        return new Gate(status.readOnly(), new KeysetTable(sql).find(numbers), clock.instant());
    }

    /** Stores what was signed; false if one of the outputs was signed meanwhile. */
    public static boolean store(DSLContext sql, List<SignatureTable.New> signatures, long operation) {
        return new SignatureTable(sql).add(Map.of(operation, signatures)).isEmpty();
    }

    /** What was signed, by keyset number. */
    public static Map<Integer, BigInteger> sums(List<SignatureTable.New> signatures) {
        Map<Integer, BigInteger> sums = new HashMap<>();
        for (SignatureTable.New row : signatures) {
            sums.merge(row.keyset(), row.signature().amount().toBigInteger(), BigInteger::add);
        }
        return sums;
    }

    /** The outputs' sum; empty when it is above 64 bits. */
    public static Optional<Amount> sum(List<BlindedMessage> outputs) {
        return Amount.sum(outputs.stream().map(BlindedMessage::amount).toList());
    }

    private static Optional<Refusal> unfit(StoredKeyset keyset, Instant now) {
        if (keyset.expired(now)) {
            return refusal(ErrorCode.KEYSET_EXPIRED, "keyset " + keyset.id() + " is expired");
        }
        return keyset.active()
                ? Optional.empty()
                : refusal(ErrorCode.KEYSET_INACTIVE, "keyset " + keyset.id() + " signs no more");
    }

    private static Optional<Refusal> refusal(ErrorCode code, String detail) {
        return Optional.of(new Refusal(code, detail));
    }
}
