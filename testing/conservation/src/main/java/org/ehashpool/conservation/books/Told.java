package org.ehashpool.conservation.books;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.ehashpool.sv2.type.U256;

/**
 * What the statistics say against the ledgers of the pool and the mint. Of a pool that was killed, the shares of its last
 * seconds may be missing, as it had not told of them; of a boot with a declared gap, any may.
 */
public final class Told {
    /** Shares are told of at most every five seconds, channel by channel. */
    private static final int UNTOLD_SECONDS = 8;

    private final Rows statistics;
    private final Rows pool;
    private final Rows mint;
    private final Map<Connection, Sum> ledger = new HashMap<>();
    private final Map<Connection, Sum> untold = new HashMap<>();
    private final Set<String> untoldHashes = new HashSet<>();
    private final Set<String> gaps = new HashSet<>();
    private String living = "";

    private record Connection(String boot, long number) {}

    private record Sum(long shares, BigDecimal work) {
        static final Sum NOTHING = new Sum(0, BigDecimal.ZERO);

        static Sum of(ResultSet row) throws SQLException {
            return new Sum(row.getLong(3), row.getBigDecimal(4));
        }

        boolean isWithin(Sum least, Sum most) {
            return shares >= least.shares
                    && shares <= most.shares
                    && work.compareTo(least.work) >= 0
                    && work.compareTo(most.work) <= 0;
        }

        Sum minus(Sum other) {
            return new Sum(shares - other.shares, work.subtract(other.work));
        }
    }

    /** Of these. */
    public Told(Rows statistics, Rows pool, Rows mint) {
        this.statistics = statistics;
        this.pool = pool;
        this.mint = mint;
    }

    /**
     * Compares all.
     *
     * @param blocks those of the pool, as its API lists them
     */
    public void compare(JsonNode blocks, Differences differences) throws SQLException {
        events(differences);
        ledger();
        shares(differences);
        sums(differences);
        quotes(differences);
        blocks(blocks, differences);
    }

    /** Every number of a boot is an event that is kept once, or within a declared gap. */
    private void events(Differences differences) throws SQLException {
        statistics.read("""
                select boot.boot_id, boot.last_seq, count(event.seq), count(distinct event.seq),
                    (select coalesce(sum(to_seq - from_seq + 1), 0) from pool_stats.gap
                        where gap.boot = boot.id and to_seq is not null)
                from pool_stats.boot left join pool_stats.event on event.boot = boot.id group by boot.id""", row -> {
            String boot = row.getString(1);
            long missing = row.getLong(5);
            if (missing > 0) {
                gaps.add(boot);
            }
            differences.unlessEqual("events kept twice, boot " + boot, row.getLong(3), row.getLong(4));
            differences.unlessEqual(
                    "events lost beyond the declared gaps, boot " + boot, row.getLong(2), row.getLong(3) + missing);
        });
    }

    private void ledger() throws SQLException {
        pool.read("select boot_id from pool.boot order by id desc limit 1", row -> living = row.getString(1));
        pool.read(
                "select boot.boot_id, share.connection_id, count(*), sum(share.work) from pool.share"
                        + " join pool.boot on boot.id = share.boot group by 1, 2",
                row -> ledger.put(new Connection(row.getString(1), row.getLong(2)), Sum.of(row)));
        String last = """
                 from pool.share join pool.boot on boot.id = share.boot
                    join (select boot, max(accepted_at) as at from pool.share group by 1) ended on ended.boot = share.boot
                where share.accepted_at > ended.at - interval '%d seconds'""".formatted(UNTOLD_SECONDS);
        pool.read(
                "select boot.boot_id, share.connection_id, count(*), sum(share.work)" + last + " group by 1, 2",
                row -> untold.put(new Connection(row.getString(1), row.getLong(2)), Sum.of(row)));
        pool.read(
                "select share.hash" + last,
                row -> untoldHashes.add(
                        U256.fromLittleEndian(row.getBytes(1), 0).toHex()));
    }

    private void shares(Differences differences) throws SQLException {
        Map<Connection, Sum> told = new HashMap<>();
        statistics.read("""
                select boot.boot_id, session.number, session.accepted, session.work from pool_stats.session
                    join pool_stats.boot on boot.id = session.boot join pool_stats.sender on sender.id = boot.sender_id
                where sender.service = 'pool' and session.accepted > 0""", row -> told.put(new Connection(row.getString(1), row.getLong(2)), Sum.of(row)));
        ledger.forEach((connection, credited) -> {
            Sum least = least(connection, credited);
            Sum said = told.getOrDefault(connection, Sum.NOTHING);
            if (!said.isWithin(least, credited)) {
                differences.add(
                        "shares of a connection differ", connection + " told " + said + ", credited " + credited);
            }
        });
        told.keySet().stream()
                .filter(connection -> !ledger.containsKey(connection))
                .forEach(connection -> differences.add("shares of a connection that has none", connection.toString()));
    }

    private Sum least(Connection connection, Sum credited) {
        if (gaps.contains(connection.boot())) {
            return Sum.NOTHING;
        }
        return connection.boot().equals(living)
                ? credited
                : credited.minus(untold.getOrDefault(connection, Sum.NOTHING));
    }

    /** Raw events, minutes, connections and lifetimes say the same. */
    private void sums(Differences differences) throws SQLException {
        String raw = statistics.text(
                "select coalesce(sum((body->>'count')::numeric), 0) || ' ' || coalesce(sum((body->>'work')::numeric), 0)"
                        + " from pool_stats.event where type = 'share_accepted'");
        for (String of : new String[] {"sample where subject = 0", "session", "downstream"}) {
            differences.unlessEqual(
                    "raw events and " + of,
                    raw,
                    statistics.text(
                            "select coalesce(sum(accepted), 0) || ' ' || coalesce(sum(work), 0) from pool_stats."
                                    + of));
        }
        if (gaps.isEmpty()) {
            differences.unlessEqual(
                    "raw events and miners",
                    raw,
                    statistics.text(
                            "select coalesce(sum(accepted), 0) || ' ' || coalesce(sum(work), 0) from pool_stats.miner"));
        }
    }

    private void quotes(Differences differences) throws SQLException {
        String told = statistics.text("select coalesce(sum(created), 0) || ' ' || coalesce(sum(created_amount), 0)"
                + " from pool_stats.quote_total");
        String raw = statistics.text(
                "select coalesce(sum((body->>'count')::numeric), 0) || ' ' || coalesce(sum((body->>'amount')::numeric), 0)"
                        + " from pool_stats.event where type = 'quote_created'");
        differences.unlessEqual("raw events and quotes", raw, told);
        if (gaps.isEmpty()) {
            differences.unlessEqual(
                    "quotes of the mint and quotes told of",
                    mint.text("select count(*) || ' ' || coalesce(sum(amount_paid), 0) from mint.mint_quote"),
                    told);
        }
    }

    private void blocks(JsonNode blocks, Differences differences) throws SQLException {
        Set<String> told = new HashSet<>();
        statistics.read("select hash from pool_stats.block", row -> told.add(row.getString(1)));
        for (JsonNode block : blocks) {
            String hash = block.path("hash").asText();
            if (!told.remove(hash) && gaps.isEmpty() && !untoldHashes.contains(hash)) {
                differences.add("a block that was not told of", hash);
            }
        }
        told.forEach(hash -> differences.add("a block that the pool has not found", hash));
    }

    /** What there is to compare, in a line. */
    public String summary() throws SQLException {
        long credited = ledger.values().stream().mapToLong(Sum::shares).sum();
        return "shares: " + credited + " credited, "
                + statistics.text("select coalesce(sum(accepted), 0) from pool_stats.sample where subject = 0")
                + " told of; quotes: " + mint.text("select count(*) from mint.mint_quote") + " made, "
                + statistics.text("select coalesce(sum(created), 0) from pool_stats.quote_total")
                + " told of; blocks: " + statistics.text("select count(*) from pool_stats.block") + " told of; events: "
                + statistics.text("select count(*) from pool_stats.event") + " kept, "
                + statistics.text(
                        "select coalesce(sum(to_seq - from_seq + 1), 0) from pool_stats.gap where to_seq is not null")
                + " declared as missing, "
                + statistics.text("select count(*) from pool_stats.gap where to_seq is null")
                + " unknown ends of boots";
    }
}
