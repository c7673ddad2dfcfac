package org.ehashpool.pool.ledger;

import static org.ehashpool.pool.generated.Tables.SHARE;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.pool.node.NodeLease;
import org.ehashpool.pool.pay.PayTerms;
import org.ehashpool.sv2.type.U256;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.postgresql.PGConnection;

/** The rows of shares. */
final class ShareRows {
    private static final String COPY = "copy " + LedgerSchema.SCHEMA.name() + "." + SHARE.getName()
            + " (id, tip_id, node_id, boot, connection_id, channel_id, sequence_number, account_id, accepted_at,"
            + " creditable, header_time, hash, locking_key, unit, amount, work) from stdin (format binary)";
    private static final int COLUMNS = 16;
    private static final int TYPICAL_ROW = 256;

    private ShareRows() {}

    /**
     * A share as it is known before it is priced.
     *
     * @param index among the credits of its commit
     * @param id unique, the same at each try
     */
    record Entry(int index, long id, ShareCredit credit) {}

    /** Adds rows; fails if one of the hashes is there. The pricing is that of the entries, in their order. */
    static void add(
            DSLContext sql,
            NodeLease lease,
            List<Entry> entries,
            Pricing pricing,
            Map<U256, Integer> tips,
            Map<Accounts.Identity, Long> accounts) {
        byte[][] hashes = hashes(entries);
        BinaryRows rows = new BinaryRows(entries.size() * TYPICAL_ROW);
        for (int i : inOrder(hashes)) {
            ShareCredit credit = entries.get(i).credit();
            Amount amount = pricing.amounts().get(i);
            boolean payee = credit.hasPayee();
            rows.row(COLUMNS);
            rows.bigint(entries.get(i).id());
            rows.integer(tips.getOrDefault(credit.previousHash(), 0));
            rows.integer(lease.node());
            rows.bigint(lease.boot());
            rows.bigint(credit.connectionId());
            rows.bigint(credit.channelId());
            rows.bigint(credit.sequenceNumber());
            rows.bigint(accounts.getOrDefault(Accounts.Identity.of(credit), 0L));
            rows.time(credit.acceptedAt());
            rows.bool(credit.creditable());
            rows.integer((int) credit.headerTime());
            rows.bytea(hashes[i]);
            if (credit.lockingKey().isPresent()) {
                rows.bytea(credit.lockingKey().get().toByteArray());
            } else {
                rows.nothing();
            }
            rows.text(payee ? PayTerms.UNIT : null);
            if (amount.isZero()) {
                rows.nothing();
            } else {
                rows.numeric(amount.toBigInteger());
            }
            rows.numeric(credit.target().work());
        }
        byte[] bytes = rows.finish();
        sql.connection(connection -> copy(connection, bytes));
    }

    private static byte[][] hashes(List<Entry> entries) {
        return entries.stream()
                .map(entry -> entry.credit().hash().toLittleEndian().toByteArray())
                .toArray(byte[][]::new);
    }

    /** The order of the hashes is the index's: neighbours go to the same pages. */
    private static Integer[] inOrder(byte[][] hashes) {
        Integer[] order = new Integer[hashes.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Arrays.compareUnsigned(hashes[a], hashes[b]));
        return order;
    }

    private static void copy(Connection connection, byte[] bytes) throws SQLException {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        try {
            copy.writeToCopy(bytes, 0, bytes.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** The ids of those that are there already, by their hashes. */
    static Map<U256, Long> find(DSLContext sql, List<Entry> entries, Map<U256, Integer> tips) {
        Integer[] numbers = new Integer[entries.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = tips.getOrDefault(entries.get(i).credit().previousHash(), 0);
        }
        Integer[] times = new Integer[entries.size()];
        Arrays.setAll(times, i -> (int) entries.get(i).credit().headerTime());
        Map<U256, Long> found = new HashMap<>();
        sql.fetch("""
                        select found.hash, found.id from unnest({1}, {2}, {3}) as wanted (tip_id, header_time, hash)
                        cross join lateral (select share.hash, share.id from {0} as share
                            where share.tip_id = wanted.tip_id and share.header_time = wanted.header_time
                                and share.hash = wanted.hash limit 1) as found""", SHARE, DSL.val(numbers), DSL.val(times), DSL.val(hashes(entries)))
                .forEach(row -> found.put(U256.fromLittleEndian(row.get(0, byte[].class), 0), row.get(1, Long.class)));
        return found;
    }
}
