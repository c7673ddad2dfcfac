package org.ehashpool.pool.ledger;

import static org.ehashpool.pool.generated.Tables.CARRY;
import static org.ehashpool.pool.generated.Tables.KEYLESS;
import static org.ehashpool.pool.generated.Tables.LAPSED_CARRY;

import java.time.Duration;
import java.util.Set;
import org.ehashpool.pool.node.NodeLease;
import org.ehashpool.pool.node.NodeTable;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Carries that change hands, and those that end. */
final class Succession {
    private Succession() {}

    /** Takes over nodes whose leases have ended: what they carry is this node's from now on. Says which. */
    static Set<Integer> takeOver(DSLContext sql, NodeLease lease) {
        NodeTable.requireHeld(sql, lease);
        Set<Integer> nodes = NodeTable.takeOver(sql, lease);
        if (nodes.isEmpty()) {
            return nodes;
        }
        Integer[] numbers = nodes.toArray(Integer[]::new);
        sql.execute("""
                insert into {0} as present (node_id, locking_key, unit, policy, carry, shares, amount, updated_at)
                select {1}, locking_key, unit, policy, sum(carry), sum(shares), sum(amount), max(updated_at)
                from {0} where node_id = any({2}) group by locking_key, unit, policy
                order by locking_key, unit, policy
                on conflict (locking_key, unit, policy, node_id) do update set
                    carry = present.carry + excluded.carry, shares = present.shares + excluded.shares,
                    amount = present.amount + excluded.amount,
                    updated_at = greatest(present.updated_at, excluded.updated_at)""", CARRY, DSL.val(lease.node()), DSL.val(numbers));
        sql.deleteFrom(CARRY).where(CARRY.NODE_ID.in(nodes)).execute();
        sql.execute("""
                insert into {0} as present (node_id, shares, work)
                select {1}, sum(shares), sum(work) from {0} where node_id = any({2}) having count(*) > 0
                on conflict (node_id) do update set shares = present.shares + excluded.shares,
                    work = present.work + excluded.work""", KEYLESS, DSL.val(lease.node()), DSL.val(numbers));
        sql.deleteFrom(KEYLESS).where(KEYLESS.NODE_ID.in(nodes)).execute();
        return nodes;
    }

    /** Ends the carries of this node that nothing was added to for so long. Says how many. */
    static int lapse(DSLContext sql, NodeLease lease, Duration idle) {
        NodeTable.requireHeld(sql, lease);
        return sql.execute("""
                with idle as (
                    select node_id, locking_key, unit, policy, carry, updated_at from {0}
                    where node_id = {1} and carry > 0 and updated_at < now() - make_interval(secs => {2})
                    order by locking_key for update
                ), ended as (
                    update {0} as carry set carry = 0 from idle
                    where carry.node_id = idle.node_id and carry.locking_key = idle.locking_key
                        and carry.unit = idle.unit and carry.policy = idle.policy
                )
                insert into {3} (node_id, locking_key, unit, policy, carry, updated_at, lapsed_at)
                select node_id, locking_key, unit, policy, carry, updated_at, now() from idle""", CARRY, DSL.val(lease.node()), DSL.inline(idle.toSeconds()), LAPSED_CARRY);
    }
}
