package org.ehashpool.pool.ledger;

import static org.ehashpool.pool.generated.Tables.CARRY;
import static org.ehashpool.pool.generated.Tables.KEYLESS;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ehashpool.pool.node.NodeLease;
import org.ehashpool.pool.pay.PayTerms;
import org.ehashpool.sv2.type.Bytes;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * What is left over of each key's shares. This process is the only one that writes its node's rows, so that it need not
 * read what it wrote itself. For one thread at a time.
 */
final class Carries {
    private static final int REMEMBERED = 65_536;
    /** Part of every commit, and so not rendered anew each time. */
    private static final String CHANGE = """
            insert into %s as present (node_id, locking_key, unit, policy, carry, shares, amount, updated_at)
            select ?, locking_key, ?, ?, carry, shares, amount, now()
            from unnest(?, ?, ?, ?) as change (locking_key, carry, shares, amount)
            on conflict (locking_key, unit, policy, node_id) do update set carry = excluded.carry,
                shares = present.shares + excluded.shares, amount = present.amount + excluded.amount,
                updated_at = excluded.updated_at""".formatted(CARRY.getQualifiedName());

    private final Map<Owner, Carry> known = new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Owner, Carry> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Owner(String policy, Bytes lockingKey) {}

    private record Carry(BigInteger carry, long at) {}

    /**
     * The carries of keys, as far as there are any. Those that are not remembered are read and locked.
     *
     * @param now milliseconds since 1970
     */
    Map<Bytes, BigInteger> of(
            DSLContext sql, NodeLease lease, PayTerms terms, Collection<Bytes> lockingKeys, long now) {
        String policy = terms.policy().name();
        // What lapses is idle for longer than anything is remembered.
        long oldest = now - terms.carryLapses().toMillis() / 2;
        Map<Bytes, BigInteger> carries = new HashMap<>();
        List<byte[]> missing = new ArrayList<>();
        for (Bytes key : lockingKeys) {
            Carry carry = known.get(new Owner(policy, key));
            if (carry == null || carry.at() < oldest) {
                missing.add(key.toByteArray());
            } else {
                carries.put(key, carry.carry());
            }
        }
        if (!missing.isEmpty()) {
            sql.select(CARRY.LOCKING_KEY, CARRY.CARRY_)
                    .from(CARRY)
                    .where(CARRY.NODE_ID.eq(lease.node()))
                    .and(CARRY.UNIT.eq(PayTerms.UNIT))
                    .and(CARRY.POLICY.eq(policy))
                    .and(CARRY.LOCKING_KEY.eq(DSL.any(missing.toArray(byte[][]::new))))
                    .orderBy(CARRY.LOCKING_KEY)
                    .forUpdate()
                    .forEach(row -> carries.put(Bytes.of(row.value1()), row.value2()));
        }
        return carries;
    }

    /** Writes what priced credits change. */
    static void write(DSLContext sql, NodeLease lease, Pricing pricing) {
        if (!pricing.changes().isEmpty()) {
            sql.connection(connection -> writeChanges(connection, lease, pricing));
        }
        if (pricing.keyless().shares() > 0) {
            sql.insertInto(KEYLESS)
                    .set(KEYLESS.NODE_ID, lease.node())
                    .set(KEYLESS.SHARES, pricing.keyless().shares())
                    .set(KEYLESS.WORK, pricing.keyless().work())
                    .onConflict(KEYLESS.NODE_ID)
                    .doUpdate()
                    .set(KEYLESS.SHARES, KEYLESS.SHARES.plus(DSL.excluded(KEYLESS.SHARES)))
                    .set(KEYLESS.WORK, KEYLESS.WORK.plus(DSL.excluded(KEYLESS.WORK)))
                    .execute();
        }
    }

    private static void writeChanges(Connection connection, NodeLease lease, Pricing pricing) throws SQLException {
        int size = pricing.changes().size();
        byte[][] keys = new byte[size][];
        BigDecimal[] carries = new BigDecimal[size];
        Long[] shares = new Long[size];
        BigDecimal[] amounts = new BigDecimal[size];
        int i = 0;
        for (Map.Entry<Bytes, Pricing.Change> change : pricing.changes().entrySet()) {
            keys[i] = change.getKey().toByteArray();
            carries[i] = new BigDecimal(change.getValue().carry());
            shares[i] = change.getValue().shares();
            amounts[i] = new BigDecimal(change.getValue().amount());
            i++;
        }
        try (PreparedStatement statement = connection.prepareStatement(CHANGE)) {
            statement.setInt(1, lease.node());
            statement.setString(2, PayTerms.UNIT);
            statement.setString(3, pricing.policy());
            statement.setArray(4, connection.createArrayOf("bytea", keys));
            statement.setArray(5, connection.createArrayOf("numeric", carries));
            statement.setArray(6, connection.createArrayOf("bigint", shares));
            statement.setArray(7, connection.createArrayOf("numeric", amounts));
            statement.executeUpdate();
        }
    }

    /** What {@link #write} wrote is committed. */
    void committed(Pricing pricing, long now) {
        pricing.changes()
                .forEach((key, change) -> known.put(new Owner(pricing.policy(), key), new Carry(change.carry(), now)));
    }

    /** What is remembered may no longer be what is in the database. */
    void forget() {
        known.clear();
    }
}
