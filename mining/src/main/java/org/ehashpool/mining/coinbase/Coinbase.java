package org.ehashpool.mining.coinbase;

import org.ehashpool.mining.transaction.MalformedDataException;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.sv2.type.Bytes;

/**
 * A coinbase transaction but for its extranonce.
 *
 * @param prefix the bytes before the extranonce, without BIP 141 fields
 * @param suffix the bytes after it, without BIP 141 fields
 * @param segregated whether the whole transaction has BIP 141 fields: marker, flag, and one witness of 32 zero bytes
 */
public record Coinbase(Bytes prefix, Bytes suffix, boolean segregated) {
    private static final int VERSION_LENGTH = 4;
    private static final int LOCK_TIME_LENGTH = 4;
    private static final Bytes MARKER_AND_FLAG = Bytes.of((byte) 0, (byte) 1);
    private static final Bytes WITNESS = Bytes.concat(Bytes.of((byte) 1, (byte) 32), Bytes.of(new byte[32]));

    /**
     * Two halves.
     *
     * @throws IllegalArgumentException if they are too short to hold the version and the lock time
     */
    public Coinbase {
        if (prefix.length() < VERSION_LENGTH || suffix.length() < LOCK_TIME_LENGTH) {
            throw new IllegalArgumentException("halves of " + prefix.length() + " and " + suffix.length() + " bytes");
        }
    }

    /**
     * Takes halves that may have BIP 141 fields, as in DeclareMiningJob, and checks that they make a coinbase transaction
     * around an extranonce of this size, which must lie within its script.
     *
     * @throws MalformedDataException if they do not
     */
    public static Coinbase parse(Bytes prefix, Bytes suffix, int extranonceSize) {
        Bytes extranonce = Bytes.of(new byte[extranonceSize]);
        RawTransaction whole = RawTransaction.parse(Bytes.concat(prefix, extranonce, suffix));
        if (!whole.isCoinbase()) {
            throw new MalformedDataException("no coinbase transaction");
        }
        if (whole.hasWitness()
                && !whole.serialized()
                        .slice(whole.serialized().length() - WITNESS.length() - LOCK_TIME_LENGTH, WITNESS.length())
                        .equals(WITNESS)) {
            throw new MalformedDataException("coinbase witness that is not one element of 32 zero bytes");
        }
        int markerLength = whole.hasWitness() ? MARKER_AND_FLAG.length() : 0;
        int scriptStart = VERSION_LENGTH + markerLength + 1 + 36 + 1;
        int scriptEnd = scriptStart + whole.inputs().getFirst().script().length();
        if (prefix.length() < scriptStart || prefix.length() + extranonceSize > scriptEnd) {
            throw new MalformedDataException("extranonce outside the coinbase script");
        }
        if (!whole.hasWitness()) {
            return new Coinbase(prefix, suffix, false);
        }
        int body = VERSION_LENGTH + markerLength;
        int tail = suffix.length() - LOCK_TIME_LENGTH;
        return new Coinbase(
                Bytes.concat(prefix.slice(0, VERSION_LENGTH), prefix.slice(body, prefix.length() - body)),
                Bytes.concat(suffix.slice(0, tail - WITNESS.length()), suffix.slice(tail, LOCK_TIME_LENGTH)),
                true);
    }

    /** The bytes before the extranonce, with BIP 141 fields if the transaction has them. */
    public Bytes wholePrefix() {
        return segregated
                ? Bytes.concat(
                        prefix.slice(0, VERSION_LENGTH),
                        MARKER_AND_FLAG,
                        prefix.slice(VERSION_LENGTH, prefix.length() - VERSION_LENGTH))
                : prefix;
    }

    /** The bytes after the extranonce, with BIP 141 fields if the transaction has them. */
    public Bytes wholeSuffix() {
        int tail = suffix.length() - LOCK_TIME_LENGTH;
        return segregated ? Bytes.concat(suffix.slice(0, tail), WITNESS, suffix.slice(tail, LOCK_TIME_LENGTH)) : suffix;
    }

    /** The whole transaction, as SubmitSolution and blocks want it. */
    public Bytes transaction(Bytes extranonce) {
        return Bytes.concat(wholePrefix(), extranonce, wholeSuffix());
    }

    /** The transaction without BIP 141 fields, whose double SHA-256 is its id. */
    public Bytes strippedTransaction(Bytes extranonce) {
        return Bytes.concat(prefix, extranonce, suffix);
    }
}
