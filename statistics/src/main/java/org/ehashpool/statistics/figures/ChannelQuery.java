package org.ehashpool.statistics.figures;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.ehashpool.statistics.figures.DownstreamDetail.ChannelView;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Channels: those that are open, then the last ones that were closed. */
final class ChannelQuery {
    private static final int MOST = 500;

    private static final String CHANNELS = """
            select channel.*, session.downstream_id, miner.user_identity,
                coalesce(channel.closed_at, session.disconnected_at) as ended_at,
                coalesce(channel.reason, session.reason) as why
            from channel
            join session on session.id = channel.session_id
            join miner on miner.id = channel.miner_id
            where %s = {0}
            order by coalesce(channel.closed_at, session.disconnected_at) desc nulls first, channel.number, channel.id
            limit {1}""";

    private final DSLContext sql;

    ChannelQuery(DSLContext sql) {
        this.sql = sql;
    }

    List<ChannelView> ofDownstream(long id) {
        return sql.fetch(CHANNELS.formatted("session.downstream_id"), DSL.val(id), DSL.val(MOST))
                .map(ChannelQuery::view);
    }

    List<ChannelView> ofMiner(long id) {
        return sql.fetch(CHANNELS.formatted("channel.miner_id"), DSL.val(id), DSL.val(MOST))
                .map(ChannelQuery::view);
    }

    private static ChannelView view(Record row) {
        return new ChannelView(
                row.get("id", Long.class),
                row.get("downstream_id", Long.class),
                row.get("miner_id", Long.class),
                row.get("number", Long.class),
                row.get("kind", String.class),
                row.get("user_identity", String.class),
                row.get("nominal_hashrate", Double.class),
                row.get("opened_at", Instant.class),
                row.get("ended_at", Instant.class),
                row.get("why", String.class),
                row.get("accepted", Long.class),
                row.get("rejected", Long.class),
                row.get("work", BigInteger.class),
                row.get("last_share_at", Instant.class));
    }
}
