package org.ehashpool.pool.outbox;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Orders and the credits they are made of, within one transaction. Instants are the database's. */
record OrderTable(DSLContext sql) {

    private static final String ORDER = "id, mint_key, share_hash, share_count, amount, unit, locking_key,"
            + " (extract(epoch from mined_at) * 1000)::bigint as mined_at";

    /** What binding has done. */
    record Bound(List<Order> orders, int credits, boolean more) {}

    /**
     * Credits of a node that are bound to nothing, the oldest first, locked; those that another transaction has locked are
     * left out.
     */
    List<Credit> waiting(int node, List<String> units, int limit) {
        return sql.fetch("""
                        select tip_id, header_time, hash, node_id, boot, connection_id, channel_id, sequence_number, locking_key, unit,
                            amount, (extract(epoch from accepted_at) * 1000)::bigint as accepted_at
                        from share where node_id = {0} and amount is not null and order_id is null and unit = any({1})
                        order by id limit {2} for update skip locked""", DSL.val(node), DSL.val(units.toArray(String[]::new)), DSL.val(limit))
                .map(OrderTable::credit);
    }

    private static Credit credit(Record row) {
        return new Credit(
                row.get("tip_id", Integer.class),
                row.get("header_time", Integer.class),
                hash(row, "hash"),
                row.get("node_id", Integer.class),
                row.get("boot", Long.class),
                row.get("connection_id", Long.class),
                row.get("channel_id", Long.class),
                row.get("sequence_number", Long.class),
                Bytes.of(row.get("locking_key", byte[].class)),
                row.get("unit", String.class),
                row.get("amount", BigInteger.class),
                row.get("accepted_at", Long.class));
    }

    private static U256 hash(Record row, String column) {
        return U256.fromLittleEndian(row.get(column, byte[].class), 0);
    }

    /**
     * Writes orders and binds their credits to them.
     *
     * @param mints of each draft
     * @param boot of this process, whose channels are told
     * @throws IllegalStateException if a credit was bound by somebody else, which locks make impossible
     */
    List<Order> add(List<Draft> drafts, List<Bytes> mints, long boot) {
        if (drafts.isEmpty()) {
            return List.of();
        }
        int count = drafts.size();
        Integer[] nodes = new Integer[count];
        byte[][] keys = new byte[count][];
        byte[][] hashes = new byte[count][];
        Long[] shares = new Long[count];
        String[] amounts = new String[count];
        String[] units = new String[count];
        byte[][] lockingKeys = new byte[count][];
        Long[] minedAt = new Long[count];
        for (int i = 0; i < count; i++) {
            Draft draft = drafts.get(i);
            Credit newest = draft.newest();
            nodes[i] = newest.node();
            keys[i] = mints.get(i).toByteArray();
            hashes[i] = newest.hash().toLittleEndian().toByteArray();
            shares[i] = (long) draft.credits().size();
            amounts[i] = draft.amount().toString();
            units[i] = newest.unit();
            lockingKeys[i] = newest.lockingKey().toByteArray();
            minedAt[i] = newest.acceptedAt();
        }
        Map<U256, Long> ids = new HashMap<>();
        sql.fetch(
                        """
                        insert into quote_order
                            (node_id, mint_key, share_hash, share_count, amount, unit, locking_key, mined_at)
                        select node, mint, share, shares, amount::numeric, unit, locking_key,
                            timestamptz 'epoch' + mined * interval '1 millisecond'
                        from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7})
                            as draft (node, mint, share, shares, amount, unit, locking_key, mined)
                        returning id, share_hash""",
                        DSL.val(nodes),
                        DSL.val(keys, SQLDataType.BLOB.array()),
                        DSL.val(hashes, SQLDataType.BLOB.array()),
                        DSL.val(shares),
                        DSL.val(amounts),
                        DSL.val(units),
                        DSL.val(lockingKeys, SQLDataType.BLOB.array()),
                        DSL.val(minedAt))
                .forEach(row -> ids.put(hash(row, "share_hash"), row.get("id", Long.class)));
        List<Order> orders = new ArrayList<>(count);
        List<Credit> credits = new ArrayList<>();
        List<Long> owners = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Draft draft = drafts.get(i);
            Long id = ids.get(draft.newest().hash());
            if (id == null) {
                throw new IllegalStateException("an order was not written");
            }
            orders.add(new Order(mints.get(i), request(id, draft), ChannelMark.of(draft.credits(), boot)));
            credits.addAll(draft.credits());
            draft.credits().forEach(credit -> owners.add(id));
        }
        bind(credits, owners);
        return orders;
    }

    private static MintQuoteRequest request(long id, Draft draft) {
        Credit newest = draft.newest();
        return new MintQuoteRequest(
                id,
                newest.hash(),
                draft.credits().size(),
                draft.amount().longValue(),
                Text.of(newest.unit()),
                newest.lockingKey(),
                newest.acceptedAt());
    }

    private void bind(List<Credit> credits, List<Long> owners) {
        lookUpByKey();
        int bound = sql.execute(
                """
                update share set order_id = bound.owner
                from unnest({0}, {1}, {2}, {3}) as bound (tip, header_time, share, owner)
                where share.tip_id = bound.tip and share.header_time = bound.header_time and share.hash = bound.share
                    and share.order_id is null""",
                DSL.val(credits.stream().map(Credit::tip).toArray(Integer[]::new)),
                DSL.val(credits.stream().map(Credit::headerTime).toArray(Integer[]::new)),
                DSL.val(
                        credits.stream()
                                .map(credit -> credit.hash().toLittleEndian().toByteArray())
                                .toArray(byte[][]::new),
                        SQLDataType.BLOB.array()),
                DSL.val(owners.toArray(Long[]::new)));
        if (bound != credits.size()) {
            throw new IllegalStateException(
                    "%d of %d credits were bound by somebody else".formatted(credits.size() - bound, credits.size()));
        }
    }

    /**
     * For the rest of the transaction rows are looked up one by one: of a table that is new, or a partition, the planner
     * knows too little, and would read all of it for each batch.
     */
    private void lookUpByKey() {
        sql.fetch("select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),"
                + " set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)");
    }

    /** Orders that were taken from a lost mint, the oldest first, locked. */
    List<Order> unbound(List<Integer> nodes, int limit) {
        return sql.fetch(
                        "select " + ORDER
                                + " from quote_order where node_id = any({0}) and state = 'unbound' order by id limit {1}"
                                + " for update skip locked",
                        nodes(nodes),
                        DSL.val(limit))
                .map(row -> order(row, Bytes.EMPTY));
    }

    /** Binds an order that was taken from another mint, as it is. */
    Order rebind(Order order, Bytes mint) {
        sql.execute(
                "update quote_order set state = 'bound', mint_key = {0}, bound_at = now(), due_at = now(), error = null"
                        + " where id = {1} and state = 'unbound'",
                DSL.val(mint.toByteArray()), DSL.val(order.id()));
        return new Order(mint, order.request(), order.marks());
    }

    /** A mint's orders that are due and not in memory, the oldest first. */
    List<Order> due(List<Integer> nodes, Bytes mint, Iterable<Long> inMemory, int limit) {
        List<Long> known = new ArrayList<>();
        inMemory.forEach(known::add);
        return sql.fetch(
                        "select " + ORDER + " from quote_order where node_id = any({0}) and mint_key = {1}"
                                + " and state in ('bound', 'refused') and due_at <= now() and not (id = any({2}))"
                                + " order by id limit {3}",
                        nodes(nodes),
                        DSL.val(mint.toByteArray()),
                        DSL.val(known.toArray(Long[]::new)),
                        DSL.val(limit))
                .map(row -> order(row, mint));
    }

    private static Order order(Record row, Bytes mint) {
        return new Order(
                mint,
                new MintQuoteRequest(
                        row.get("id", Long.class),
                        hash(row, "share_hash"),
                        row.get("share_count", Long.class),
                        row.get("amount", BigInteger.class).longValue(),
                        Text.of(row.get("unit", String.class)),
                        Bytes.of(row.get("locking_key", byte[].class)),
                        row.get("mined_at", Long.class)),
                List.of());
    }

    private static org.jooq.Field<Integer[]> nodes(List<Integer> nodes) {
        return DSL.val(nodes.toArray(Integer[]::new));
    }

    /** An order and the quote that its mint has made. */
    record Quoted(Order order, String quoteId) {}

    /** Marks orders as quoted; an order that is no longer the mint's is left as it is. Says how many were marked. */
    int quoted(List<Quoted> quoted) {
        if (quoted.isEmpty()) {
            return 0;
        }
        lookUpByKey();
        return sql.execute(
                """
                update quote_order set state = 'quoted', quote_id = answer.quote, quoted_at = now(), error = null
                from unnest({0}, {1}, {2}) as answer (id, mint, quote)
                where quote_order.id = answer.id and quote_order.mint_key = answer.mint""",
                DSL.val(quoted.stream().map(one -> one.order().id()).toArray(Long[]::new)),
                DSL.val(
                        quoted.stream()
                                .map(one -> one.order().mint().toByteArray())
                                .toArray(byte[][]::new),
                        SQLDataType.BLOB.array()),
                DSL.val(quoted.stream().map(Quoted::quoteId).toArray(String[]::new)));
    }

    /**
     * Notes that the mint has refused an order for good; it stays payable, and is due again after a while. Returns whether
     * it had not been refused before.
     */
    boolean refused(Order order, String error, Duration retry) {
        return sql.fetchOptional(
                        """
                        with before as (select id, state from quote_order
                            where id = {2} and mint_key = {3} and state <> 'quoted' for update)
                        update quote_order as refused set state = 'refused', error = {0}, attempts = attempts + 1,
                            due_at = now() + make_interval(secs => {1})
                        from before where refused.id = before.id returning before.state""",
                        DSL.val(error),
                        DSL.val(retry.toMillis() / 1000.0),
                        DSL.val(order.id()),
                        DSL.val(order.mint().toByteArray()))
                .filter(before -> !"refused".equals(before.get(0, String.class)))
                .isPresent();
    }

    /** Where a mint is that proved who it is. */
    void seen(Bytes mint, String url) {
        sql.execute(
                "insert into mint (key, url) values ({0}, {1})"
                        + " on conflict (key) do update set url = excluded.url, last_seen_at = now()",
                DSL.val(mint.toByteArray()), DSL.val(url));
    }

    /** Where mints were when they were last here. */
    Map<Bytes, String> urls() {
        Map<Bytes, String> urls = new HashMap<>();
        sql.fetch("select key, url from mint")
                .forEach(row -> urls.put(Bytes.of(row.get("key", byte[].class)), row.get("url", String.class)));
        return urls;
    }

    /**
     * What is not quoted yet.
     *
     * @param creditsWaiting bound to nothing
     * @param oldest when the oldest credit was accepted, or the oldest open order bound; milliseconds since the epoch
     */
    record Backlog(long creditsWaiting, List<MintBacklog> mints, Optional<Long> oldest) {
        static final Backlog NONE = new Backlog(0, List.of(), Optional.empty());

        /** Shares that wait for a quote. */
        long shares() {
            return creditsWaiting
                    + mints.stream().mapToLong(MintBacklog::shares).sum();
        }

        long refused() {
            return mints.stream().mapToLong(MintBacklog::refused).sum();
        }
    }

    /**
     * Of one mint.
     *
     * @param mint empty for orders that were taken from a lost mint
     * @param oldest when the oldest was bound, in milliseconds since 1970
     */
    record MintBacklog(Optional<Bytes> mint, long orders, long shares, long refused, BigInteger amount, long oldest) {}

    /** @param most credits that are counted */
    Backlog backlog(List<Integer> nodes, long most) {
        long waiting = number(sql.fetchSingle(
                "select count(*) from (select 1 from share where node_id = any({0}) and amount is not null"
                        + " and order_id is null limit {1}) as waiting",
                nodes(nodes), DSL.val(most)));
        Long oldest = null;
        for (int node : nodes) {
            for (String query : List.of(
                    "select (extract(epoch from accepted_at) * 1000)::bigint from share where node_id = {0}"
                            + " and amount is not null and order_id is null order by id limit 1",
                    "select (extract(epoch from bound_at) * 1000)::bigint from quote_order where node_id = {0}"
                            + " and state <> 'quoted' order by id limit 1")) {
                Long at = sql.fetchOptional(query, DSL.val(node))
                        .map(row -> row.get(0, Long.class))
                        .orElse(null);
                if (at != null && (oldest == null || at < oldest)) {
                    oldest = at;
                }
            }
        }
        List<MintBacklog> mints = sql.fetch("""
                        select mint_key, count(*) as orders, sum(share_count) as shares, sum(amount) as amount,
                            count(*) filter (where state = 'refused') as refused,
                            (extract(epoch from min(bound_at)) * 1000)::bigint as oldest
                        from quote_order where node_id = any({0}) and state <> 'quoted' group by mint_key""", nodes(nodes))
                .map(row -> new MintBacklog(
                        Optional.ofNullable(row.get("mint_key", byte[].class)).map(Bytes::of),
                        row.get("orders", Long.class),
                        row.get("shares", Long.class),
                        row.get("refused", Long.class),
                        row.get("amount", BigInteger.class),
                        row.get("oldest", Long.class)));
        return new Backlog(waiting, mints, Optional.ofNullable(oldest));
    }

    private static long number(Record row) {
        return row.get(0, Long.class);
    }
}
