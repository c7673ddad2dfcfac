package org.ehashpool.statistics.store;

import java.time.Duration;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * That one process writes, and no other. Every transaction that writes figures locks the lease's row first, so that two of
 * them are never at work at once; who finds another holder there has lost it.
 */
public final class WriterLease {
    /** Without a sign of its holder for this long, the lease may be taken. */
    public static final Duration LENGTH = Duration.ofSeconds(6);

    private WriterLease() {}

    /** The lease is another process's. */
    public static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostException(String holder) {
            super("another process, " + holder + ", writes to this schema: only one may");
        }
    }

    /**
     * Takes the lease, if nobody holds it.
     *
     * @return who does
     */
    public static Optional<String> take(DSLContext sql, String holder) {
        int taken = sql.execute("""
                update writer set holder = {0}, renewed_at = clock_timestamp()
                where holder is null or holder = {0}
                    or renewed_at < clock_timestamp() - {1} * interval '1 millisecond'""", DSL.val(holder), DSL.val(LENGTH.toMillis()));
        return taken == 1 ? Optional.empty() : Optional.of(holder(sql));
    }

    /**
     * Locks and prolongs the lease, in the transaction that writes.
     *
     * @throws LostException when another process has taken it
     */
    public static void renew(DSLContext sql, String holder) {
        int renewed =
                sql.execute("update writer set renewed_at = clock_timestamp() where holder = {0}", DSL.val(holder));
        if (renewed != 1) {
            throw new LostException(holder(sql));
        }
    }

    /** Gives it back, for the next process to take at once. */
    public static void release(DSLContext sql, String holder) {
        sql.execute("update writer set holder = null where holder = {0}", DSL.val(holder));
    }

    private static String holder(DSLContext sql) {
        return String.valueOf(sql.fetchValue("select holder from writer"));
    }
}
