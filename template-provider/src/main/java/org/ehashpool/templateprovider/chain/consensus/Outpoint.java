package org.ehashpool.templateprovider.chain.consensus;

import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.sv2.type.U256;

/**
 * An output of a transaction, by name.
 *
 * @param transaction the transaction's id
 * @param index from 0
 */
public record Outpoint(U256 transaction, long index) {

    /** What an input spends. */
    public static Outpoint spentBy(RawTransaction.Input input) {
        return new Outpoint(input.previousTransaction(), input.previousIndex());
    }
}
