/**
 * PostgreSQL for every daemon: connections, migrations, transactions and the refusal to keep money in a database that
 * may lose it.
 *
 * <pre>{@code
 * Database database = Database.open(config.postgres(), schema, meters);   // once, on a thread that may wait
 * Future<Long> credit = database.transact(Isolation.READ_COMMITTED, sql ->
 *         sql.insertInto(CREDIT).set(CREDIT.AMOUNT, amount).returning(CREDIT.ID).fetchOne(CREDIT.ID));
 * database.close();                                                       // waits for what was admitted
 * }</pre>
 *
 * <p>{@link org.ehashpool.kit.postgres.Database} runs each transaction on a virtual thread, as many at a time as it
 * has connections, and answers with a future on the caller's own Vert.x context. Migrations run at the start, by
 * Flyway, from the service's class path; classes for the tables come from the {@code jooq-codegen} module.
 *
 * <p>Without a configured URL a service gets a PostgreSQL of its own:
 * {@link org.ehashpool.kit.postgres.embedded.EmbeddedPostgres}.
 *
 * <p>Amounts are unsigned 64-bit numbers: {@code numeric(20,0)} in tables, {@code long} in Java, read with
 * {@link java.lang.Long}'s unsigned methods; {@link org.ehashpool.kit.postgres.UnsignedLongConverter} stands between.
 *
 * @see <a href="https://www.postgresql.org/docs/17/runtime-config-wal.html">Write Ahead Log settings</a>
 */
@NullMarked
package org.ehashpool.kit.postgres;

import org.jspecify.annotations.NullMarked;
