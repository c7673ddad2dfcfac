package org.ehashpool.mint.store;

import static org.ehashpool.mint.generated.Tables.OPERATION;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

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

    /**
     * Adds operations at once.
     *
     * @param operations by digest
     * @param kind of each
     * @return by number
     */
    public <T> Map<Long, T> add(Map<Digest, T> operations, Function<T, String> kind, Instant now) {
        Map<Long, T> added = new LinkedHashMap<>();
        sql.resultQuery(
                        """
                        insert into {0} (kind, digest, created_at) select *, {3} from unnest({1}, {2})
                        returning id, digest""",
                        OPERATION,
                        DSL.val(
                                operations.values().stream().map(kind).toArray(String[]::new),
                                SQLDataType.CLOB.array()),
                        SignatureTable.bytes(operations.keySet().stream()
                                .map(Digest::toBytes)
                                .toList()),
                        DSL.val(now))
                .forEach(row -> added.put(
                        row.get(0, Long.class),
                        Objects.requireNonNull(operations.get(Digest.of(row.get(1, byte[].class))))));
        return added;
    }

    /**
     * Which operations have fewer rows than they wanted.
     *
     * @param wanted rows by operation
     * @param written the operation of each row that was written
     */
    static <T> Set<Long> incomplete(Map<Long, List<T>> wanted, List<Long> written) {
        Map<Long, Integer> counts = new HashMap<>();
        written.forEach(operation -> counts.merge(operation, 1, Integer::sum));
        return wanted.entrySet().stream()
                .filter(entry -> counts.getOrDefault(entry.getKey(), 0)
                        < entry.getValue().size())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
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
