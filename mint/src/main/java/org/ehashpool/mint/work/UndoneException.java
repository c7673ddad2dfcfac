package org.ehashpool.mint.work;

/**
 * Undoes a transaction whose rows turned out to be another's. Its thrower says what is to be done instead, after the
 * rollback.
 */
public final class UndoneException extends RuntimeException {

    public UndoneException() {
        super("undone for another transaction", null, false, false);
    }
}
