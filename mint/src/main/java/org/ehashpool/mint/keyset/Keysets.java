package org.ehashpool.mint.keyset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.signing.SigningKeys;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.mint.store.KeysetTable;
import org.ehashpool.mint.store.StoredKeyset;

/**
 * The keysets as this process knows them. They are read again now and then, and when somebody names one that is not
 * known: another process of the mint may have made it. What counts is looked up inside the transaction that signs.
 */
public final class Keysets {

    /** Unknown ids are free to invent: they cost the database a query this often at most. */
    private static final long BETWEEN_READINGS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Database database;
    private final KeyDerivation derivation;
    private final LongSupplier nanoTime;
    private volatile Keyring current = new Keyring(List.of());
    private volatile long readAt;

    /**
     * Empty until they are read for the first time.
     *
     * @param nanoTime the monotonic clock
     */
    public Keysets(Database database, KeyDerivation derivation, LongSupplier nanoTime) {
        this.database = database;
        this.derivation = derivation;
        this.nanoTime = nanoTime;
        this.readAt = nanoTime.getAsLong() - BETWEEN_READINGS;
    }

    public Keyring current() {
        return current;
    }

    /** The current keysets; read again if one that the request names is not among them. Blocks. */
    public Keyring knowing(List<Proof> inputs, List<BlindedMessage> outputs) {
        Keyring keyring = current;
        boolean allKnown = Stream.concat(
                        inputs.stream().map(Proof::keysetId), outputs.stream().map(BlindedMessage::keysetId))
                .allMatch(id -> keyring.find(id).isPresent());
        return allKnown ? keyring : readAfter(nanoTime.getAsLong());
    }

    /** The keysets as they were read after that time; whoever asks meanwhile waits and shares the answer. */
    private synchronized Keyring readAfter(long asked) {
        if (readAt - asked > 0) {
            return current;
        }
        for (long wait = readAt + BETWEEN_READINGS - asked; wait > 0; ) {
            LockSupport.parkNanos(wait);
            wait = readAt + BETWEEN_READINGS - nanoTime.getAsLong();
        }
        return read();
    }

    /**
     * Reads them again. Blocks.
     *
     * @throws IllegalStateException when a keyset's keys cannot be derived from this seed: the database is another
     *     mint's, or damaged
     */
    public synchronized Keyring read() {
        long asked = nanoTime.getAsLong();
        List<StoredKeyset> rows =
                database.transactBlocking(Isolation.READ_COMMITTED, sql -> new KeysetTable(sql).all());
        Keyring before = current;
        List<MintKeyset> keysets = new ArrayList<>(rows.size());
        for (StoredKeyset row : rows) {
            Optional<MintKeyset> known = before.find(row.id());
            keysets.add(new MintKeyset(row, known.map(MintKeyset::keys).orElseGet(() -> derived(row))));
        }
        Keyring read = new Keyring(keysets);
        current = read;
        readAt = asked;
        return read;
    }

    private SigningKeys derived(StoredKeyset row) {
        SigningKeys keys = derivation.keys(row.unit(), row.derivationIndex(), row.inputFeePpk(), row.finalExpiry());
        if (!keys.id().equals(row.id())) {
            throw new IllegalStateException("keyset " + row.id() + " is not derived from this seed");
        }
        return keys;
    }
}
