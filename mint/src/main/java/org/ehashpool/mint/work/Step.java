package org.ehashpool.mint.work;

/** Where an operation can be when its process dies. */
public enum Step {
    /** The request is verified and what was done before is known; nothing is signed. */
    LOOKED_UP,
    /** There are signatures, in memory only. */
    SIGNED,
    /** In the transaction: the quotes' counters or the inputs are written. */
    TAKEN,
    /** In the transaction: the signatures are written. */
    STORED,
    /** In the transaction: everything is written, the commit is next. */
    COMMITTING,
    /** The transaction is durable; nobody was told. */
    COMMITTED
}
