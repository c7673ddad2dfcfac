package org.ehashpool.mint.store;

import static org.ehashpool.mint.generated.Tables.OPERATION;

import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;

/** What was done in one transaction. */
public record OperationTable(DSLContext sql) {

    /**
     * Adds an operation.
     *
     * @param kind {@code swap}, {@code mint}, {@code melt}
     * @param digest of what was asked
     * @return its number
     */
    public long add(String kind, Digest digest, Instant now) {
        return sql.insertInto(OPERATION)
                .set(OPERATION.KIND, kind)
                .set(OPERATION.DIGEST, digest.toBytes())
                .set(OPERATION.CREATED_AT, now)
                .returningResult(OPERATION.ID)
                .fetchSingle()
                .value1();
    }

    /** What was asked of an operation. */
    public Digest digest(long operation) {
        return sql.select(OPERATION.DIGEST)
                .from(OPERATION)
                .where(OPERATION.ID.eq(operation))
                .fetchSingle(row -> Digest.of(row.value1()));
    }

    /** When the newest operation was done, if there is one. */
    public Optional<Instant> newest() {
        return sql.select(OPERATION.CREATED_AT)
                .from(OPERATION)
                .orderBy(OPERATION.ID.desc())
                .limit(1)
                .fetchOptional(OPERATION.CREATED_AT);
    }
}
