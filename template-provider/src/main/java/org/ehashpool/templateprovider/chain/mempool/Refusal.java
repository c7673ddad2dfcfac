package org.ehashpool.templateprovider.chain.mempool;

/** Why a transaction is not taken into the mempool though no consensus rule says so. */
public enum Refusal {
    /** It is in the mempool. */
    ALREADY_IN_MEMPOOL("txn-already-in-mempool"),
    /** It is in the chain, and not all of its outputs are spent. */
    ALREADY_KNOWN("txn-already-known"),
    /** It is a coinbase. */
    COINBASE("coinbase"),
    /** It spends what another one of the mempool spends. There is no replacement. */
    CONFLICT("txn-mempool-conflict"),
    /** It depends on more than 25 others, or one of those has more than 25 descendants. */
    LONG_CHAIN("too-long-mempool-chain"),
    /** It pays less than the mempool's least fee rate. */
    FEE_TOO_LOW("min relay fee not met"),
    /** It weighs more than 400,000 units. */
    SIZE("tx-size"),
    /** It costs more than a fifth of a block's signature operations. */
    SIGNATURE_OPERATIONS("bad-txns-too-many-sigops"),
    /** Its lock time is not reached. */
    NOT_FINAL("non-final"),
    /** Its relative lock time is not reached. */
    NOT_FINAL_RELATIVE("non-BIP68-final"),
    /** The mempool is full; nothing is evicted. */
    FULL("mempool full");

    private final String wire;

    Refusal(String wire) {
        this.wire = wire;
    }

    /** The text that a node answers with. */
    public String wire() {
        return wire;
    }
}
