package org.ehashpool.conservation.books;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The pool's orders against the mint's quotes, one by one, from both databases. */
public final class Orders {
    private final Rows pool;
    private final Rows mint;
    private long orders;
    private BigInteger paid = BigInteger.ZERO;
    private BigInteger issued = BigInteger.ZERO;

    /** Of these two. */
    public Orders(Rows pool, Rows mint) {
        this.pool = pool;
        this.mint = mint;
    }

    /** Compares all. */
    public void compare(Differences differences) throws SQLException {
        pool.read("""
                select quote_order.id, quote_order.amount, quote_order.share_count, part.amount, part.shares
                from pool.quote_order left join (select order_id, sum(amount) as amount, count(*) as shares,
                    bool_or(true) as there from pool.share where order_id is not null group by order_id) part
                    on part.order_id = quote_order.id
                where part.amount is null or part.amount <> quote_order.amount
                   or part.shares <> quote_order.share_count""", row -> differences.add("an order is not the sum of its shares", "order " + row.getLong(1)));
        pool.read("""
                select encode(hash, 'hex') from pool.share where order_id is not null
                    and not exists (select 1 from pool.quote_order where quote_order.id = share.order_id)""", row -> differences.add("credited to an order that is not there", row.getString(1)));
        pool.read("""
                select id from pool.quote_order where not exists (select 1 from pool.share
                    where share.order_id = quote_order.id and share.hash = quote_order.share_hash)""", row -> differences.add("an order has none of its shares' hashes", "order " + row.getLong(1)));
        Map<String, String> ordered = new HashMap<>();
        pool.read("""
                select encode(share_hash, 'hex'), amount || ' ' || unit || ' ' || encode(locking_key, 'hex') || ' '
                    || share_count || ' ' || coalesce(quote_id::text, 'no quote') from pool.quote_order""", row -> {
            if (ordered.put(row.getString(1), row.getString(2)) != null) {
                differences.add("ordered twice", row.getString(1));
            }
        });
        orders = ordered.size();
        mint.read("""
                select encode(share_hash, 'hex'), amount_paid || ' ' || unit || ' ' || encode(locking_key, 'hex') || ' '
                    || share_count || ' ' || id, amount_paid, amount_issued from mint.mint_quote
                where method = 'ehash'""", row -> {
            String order = ordered.remove(row.getString(1));
            String quote = row.getString(2);
            if (order == null) {
                differences.add("a quote that was not ordered, or twice", row.getString(1));
            } else if (!order.equals(quote)) {
                differences.add("a quote that is not as it was ordered", order + ", quoted " + quote);
            }
            paid = paid.add(row.getBigDecimal(3).toBigIntegerExact());
            issued = issued.add(row.getBigDecimal(4).toBigIntegerExact());
        });
        ordered.forEach((hash, order) -> differences.add("an order without a quote", hash + ": " + order));
    }

    /** How many orders there are. */
    public long orders() {
        return orders;
    }

    /** The sum of all quotes. */
    public BigInteger paid() {
        return paid;
    }

    /** What was minted of them. */
    public BigInteger issued() {
        return issued;
    }
}
