package org.ehashpool.statistics.figures;

import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;

/** The blocks that were found. */
final class BlockQuery {
    private static final String BLOCKS = """
            select block.*, service, instance
            from block join sender on sender.id = block.sender_id
            order by found_at desc, hash
            limit {0} offset {1}""";

    private final DSLContext sql;

    BlockQuery(DSLContext sql) {
        this.sql = sql;
    }

    /** The newest first. */
    Rows<BlockView> list(int offset, int limit) {
        long total = sql.fetchSingle("select count(*) from block").get(0, Long.class);
        Result<Record> page = sql.fetch(BLOCKS, DSL.val(limit), DSL.val(offset));
        return new Rows<>(total, offset, limit, page.map(BlockQuery::view));
    }

    Optional<BlockView> last() {
        return sql.fetch(BLOCKS, DSL.val(1), DSL.val(0)).stream().findFirst().map(BlockQuery::view);
    }

    private static BlockView view(Record row) {
        return new BlockView(
                row.get("hash", String.class),
                row.get("height", Long.class),
                row.get("service", String.class),
                row.get("instance", String.class),
                row.get("downstream_id", Long.class),
                row.get("user_identity", String.class),
                row.get("state", String.class),
                row.get("confirmations", Long.class),
                row.get("found_at", Instant.class),
                row.get("changed_at", Instant.class));
    }
}
