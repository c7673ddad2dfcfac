package org.ehashpool.mint.store;

import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresCommands;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * What a database's past is known by. A dump that was loaded elsewhere has another cluster, a server that was recovered
 * to a point in time or promoted has another timeline, a restored backup has another mark: each may lack commits whose
 * answers are out in the world.
 *
 * @param cluster the server's system identifier
 * @param timeline of its log
 * @param restoreMark what the restore left in the setting {@link EmbeddedPostgresCommands#RESTORE_MARK}; empty when there was none
 */
public record DatabaseHistory(String cluster, long timeline, String restoreMark) {

    private static final String QUERY = """
            select (select system_identifier::text from pg_control_system()),
                   ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint,
                   coalesce(current_setting({0}, true), '')""";

    /** The history of the server that answers. */
    public static DatabaseHistory read(DSLContext sql) {
        Record row =
                sql.resultQuery(QUERY, EmbeddedPostgresCommands.RESTORE_MARK).fetchSingle();
        return new DatabaseHistory(
                row.getValue(0, String.class), row.getValue(1, Long.class), row.getValue(2, String.class));
    }

    /** How this history differs from one that was known before, in words. */
    public String differenceFrom(DatabaseHistory known) {
        if (!cluster.equals(known.cluster)) {
            return "the database was moved to another cluster";
        }
        return restoreMark.equals(known.restoreMark)
                ? "the database is on another timeline of its log"
                : "the database was restored from a backup";
    }
}
