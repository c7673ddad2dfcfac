package org.ehashpool.templateprovider.chain.consensus;

import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.transaction.MalformedDataException;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/**
 * A transaction and its names, computed once.
 *
 * @param raw the transaction
 * @param id over all but its witnesses
 * @param witnessId over all of it
 */
public record IdentifiedTransaction(RawTransaction raw, U256 id, U256 witnessId) {

    /** Hashes a transaction. */
    public static IdentifiedTransaction of(RawTransaction raw, DoubleSha256 hasher) {
        U256 id = raw.id(hasher);
        return new IdentifiedTransaction(raw, id, raw.hasWitness() ? raw.witnessId(hasher) : id);
    }

    /**
     * Reads and hashes a transaction.
     *
     * @throws MalformedDataException if the bytes are none
     */
    public static IdentifiedTransaction parse(Bytes serialized, DoubleSha256 hasher) {
        return of(RawTransaction.parse(serialized), hasher);
    }

    /** The same with memory of its own, where it was cut from a block. */
    public IdentifiedTransaction detached() {
        Bytes own = Bytes.of(raw.serialized().toByteArray());
        return new IdentifiedTransaction(RawTransaction.parse(own), id, witnessId);
    }
}
