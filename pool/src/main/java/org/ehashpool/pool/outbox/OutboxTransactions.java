package org.ehashpool.pool.outbox;

import io.vertx.core.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.jooq.DSLContext;

/**
 * The outbox's way to the database.
 *
 * @param database the open one
 */
record OutboxTransactions(Supplier<Database> database) {

    /** Runs a transaction off the event loop; completes on it. */
    <T> Future<T> run(Function<DSLContext, T> work) {
        return database.get().transact(Isolation.READ_COMMITTED, work);
    }
}
