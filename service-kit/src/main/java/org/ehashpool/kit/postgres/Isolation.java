package org.ehashpool.kit.postgres;

/**
 * How far a transaction is kept from others that run beside it. Every caller says which.
 *
 * @see <a href="https://www.postgresql.org/docs/17/transaction-iso.html">Transaction Isolation</a>
 */
public enum Isolation {
    /** Each statement sees what was committed when it began. Constraints and row locks do the rest. */
    READ_COMMITTED("READ COMMITTED"),
    /** All statements see one moment; a write to a row that changed since fails, and the transaction is run again. */
    REPEATABLE_READ("REPEATABLE READ"),
    /** As if one after the other; what would break that fails, and the transaction is run again. */
    SERIALIZABLE("SERIALIZABLE");

    private final String sql;

    Isolation(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }
}
