package org.ehashpool.templateprovider.chain.consensus;

/** Why a block or a transaction is refused. Each owns the text that Bitcoin Core answers with (BIP 22). */
public enum Rule {
    /** The block is known and valid as far as it was looked at. */
    DUPLICATE("duplicate"),
    /** The block is known and breaks a rule. */
    DUPLICATE_INVALID("duplicate-invalid"),
    /** A proposal that does not build on the tip. */
    NOT_BEST_PREVIOUS("inconclusive-not-best-prevblk"),
    /** The hash is above the target of the header's bits. */
    HIGH_HASH("high-hash"),
    /** The header's merkle root is not that of the transactions. */
    MERKLE_ROOT("bad-txnmrklroot"),
    /** Another list of transactions has the same merkle root (CVE-2012-2459). */
    DUPLICATE_TRANSACTIONS("bad-txns-duplicate"),
    /** No transactions, or too many bytes without witnesses. */
    BLOCK_LENGTH("bad-blk-length"),
    /** The first transaction is no coinbase. */
    COINBASE_MISSING("bad-cb-missing"),
    /** A later transaction is a coinbase. */
    COINBASE_MULTIPLE("bad-cb-multiple"),
    /** The coinbase script has fewer than 2 or more than 100 bytes. */
    COINBASE_LENGTH("bad-cb-length"),
    /** The coinbase script does not begin with the height (BIP 34). */
    COINBASE_HEIGHT("bad-cb-height"),
    /** The coinbase pays more than subsidy and fees. */
    COINBASE_AMOUNT("bad-cb-amount"),
    /** A transaction without outputs. */
    OUTPUTS_EMPTY("bad-txns-vout-empty"),
    /** A transaction that no block could hold. */
    TRANSACTION_SIZE("bad-txns-oversize"),
    /** Outputs that together exceed 21 million bitcoin. */
    OUTPUT_TOTAL("bad-txns-txouttotal-toolarge"),
    /** A transaction that spends an output twice. */
    INPUTS_DUPLICATE("bad-txns-inputs-duplicate"),
    /** An input that names no output in a transaction that is no coinbase. */
    INPUT_NULL("bad-txns-prevout-null"),
    /** More than 80,000 units of signature operations. */
    SIGNATURE_OPERATIONS("bad-blk-sigops"),
    /** The block before is not known. */
    PREVIOUS_NOT_FOUND("prev-blk-not-found"),
    /** The block before breaks a rule. */
    PREVIOUS_INVALID("bad-prevblk"),
    /** The branch leaves the chain too far below its tip. */
    FORK_TOO_DEEP("bad-fork-prior-to-checkpoint"),
    /** The header's bits are not the chain's. */
    DIFFICULTY_BITS("bad-diffbits"),
    /** The time is not after the median of the eleven blocks before. */
    TIME_TOO_OLD("time-too-old"),
    /** The time is more than two hours ahead. */
    TIME_TOO_NEW("time-too-new"),
    /** The version is below 4; the text continues with it. */
    VERSION("bad-version"),
    /** A transaction whose lock time or sequence has not come (BIP 68, BIP 113). */
    NOT_FINAL("bad-txns-nonfinal"),
    /** The coinbase does not have exactly one witness of 32 bytes. */
    WITNESS_NONCE_SIZE("bad-witness-nonce-size"),
    /** The commitment is to other witnesses. */
    WITNESS_COMMITMENT("bad-witness-merkle-match"),
    /** Witnesses without a commitment. */
    WITNESS_UNEXPECTED("unexpected-witness"),
    /** More than four million weight units. */
    BLOCK_WEIGHT("bad-blk-weight"),
    /** A transaction with the id of one that is not yet spent (BIP 30). */
    OVERWRITES("bad-txns-BIP30"),
    /** An input that does not exist or is spent. */
    INPUTS_MISSING("bad-txns-inputs-missingorspent"),
    /** A coinbase's output spent less than 100 blocks later. */
    IMMATURE("bad-txns-premature-spend-of-coinbase"),
    /** Inputs that together exceed 21 million bitcoin. */
    INPUT_TOTAL("bad-txns-inputvalues-outofrange"),
    /** Outputs that exceed the inputs. */
    INPUTS_BELOW_OUTPUTS("bad-txns-in-belowout"),
    /** Fees that together exceed 21 million bitcoin. */
    FEE_TOTAL("bad-txns-accumulated-fee-outofrange"),
    /** A script fails; the text continues with the reason. */
    SCRIPT("mandatory-script-verify-flag-failed");

    private final String wire;

    Rule(String wire) {
        this.wire = wire;
    }

    /** The text that a node answers with. */
    public String wire() {
        return wire;
    }
}
