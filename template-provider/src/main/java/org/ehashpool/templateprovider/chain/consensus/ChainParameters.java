package org.ehashpool.templateprovider.chain.consensus;

import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.header.BlockHeader;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/**
 * What makes this chain another than regtest.
 *
 * @param bits the compact target of every block above {@link #ALLOCATION_HEIGHT}
 */
public record ChainParameters(@U32 long bits) {
    /** Regtest's own compact target, which every other hash meets. */
    public static final @U32 long REGTEST_BITS = 0x207f_ffffL;

    /**
     * The last block of the allocation: up to here blocks have regtest's own target, cost nothing to mine, and are mined
     * at the first start, so that there are mature coins to spend.
     */
    public static final int ALLOCATION_HEIGHT = 110;

    /** Blocks between two halvings of the subsidy, as on regtest. */
    public static final int HALVING_INTERVAL = 150;

    /** How many blocks a reorganisation may take off. */
    public static final int MAX_REORGANISATION = 288;

    /** The most weight units of a block. */
    public static final int MAX_WEIGHT = 4_000_000;

    /** The most units of signature operations in a block. */
    public static final int MAX_SIGNATURE_OPERATIONS = 80_000;

    private static final long FIRST_SUBSIDY = 5_000_000_000L;

    /**
     * Regtest's first block.
     *
     * @see <a href="https://github.com/bitcoin/bitcoin/blob/master/src/kernel/chainparams.cpp">CRegTestParams</a>
     */
    public static final BlockHeader GENESIS = new BlockHeader(
            1,
            U256.ZERO,
            U256.fromHex("4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"),
            1_296_688_602L,
            REGTEST_BITS,
            2);

    /** The transaction of {@link #GENESIS}, whose output is no coin. */
    public static final Bytes GENESIS_COINBASE =
            Bytes.fromHex("01000000010000000000000000000000000000000000000000000000"
                    + "000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c"
                    + "6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000"
                    + "434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c"
                    + "384df7ba0b8d578a4c702b6bf11d5fac00000000");

    /**
     * Parameters.
     *
     * @throws IllegalArgumentException if the bits stand for no target, or one easier than regtest's
     */
    public ChainParameters {
        Target easiest = Target.ofCompactBits(REGTEST_BITS).orElseThrow();
        if (Target.ofCompactBits(bits)
                .filter(target -> target.compareTo(easiest) <= 0)
                .isEmpty()) {
            throw new IllegalArgumentException(
                    "not the compact form of a target up to %08x: %08x".formatted(REGTEST_BITS, bits));
        }
    }

    /** The bits that a block of this height must have. */
    public @U32 long bitsAt(int height) {
        return height <= ALLOCATION_HEIGHT ? REGTEST_BITS : bits;
    }

    /** What a coinbase of this height may pay besides fees, in satoshis. */
    public static long subsidyAt(int height) {
        int halvings = height / HALVING_INTERVAL;
        return halvings >= Long.SIZE - 1 ? 0 : FIRST_SUBSIDY >> halvings;
    }
}
