package org.ehashpool.templateprovider.chain.consensus;

import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;

/**
 * An output that can be spent.
 *
 * @param value in satoshis
 * @param script its locking script
 * @param height of the block that made it; of the next block for an output of the mempool
 * @param coinbase whether it may be spent only {@link #MATURITY} blocks later
 */
public record Coin(long value, Bytes script, int height, boolean coinbase) {
    /** Blocks from a coinbase to the first block that may spend it. */
    public static final int MATURITY = 100;

    private static final int OP_RETURN = 0x6a;
    private static final int MAX_SCRIPT = 10_000;

    /** With a script of its own: the bytes it was cut from, perhaps a whole block's, are not kept. */
    static Coin of(TransactionOutput output, int height, boolean coinbase) {
        return new Coin(output.value(), Bytes.of(output.script().toByteArray()), height, coinbase);
    }

    /** Whether a block of this height may spend it. */
    public boolean isMature(int spendingHeight) {
        return !coinbase || spendingHeight - height >= MATURITY;
    }

    /** Whether nobody can ever spend an output with this script, which is then no coin. */
    public static boolean isUnspendable(Bytes script) {
        return (!script.isEmpty() && (script.get(0) & 0xff) == OP_RETURN) || script.length() > MAX_SCRIPT;
    }
}
