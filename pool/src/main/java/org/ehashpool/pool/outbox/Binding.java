package org.ehashpool.pool.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.sv2.type.Bytes;
import org.jooq.DSLContext;

/**
 * Binds credits to orders and orders to mints, in one transaction that does nothing else. May be run more than once.
 *
 * @param candidates mints that take orders now
 * @param turns where the choice of mints ended last time
 */
record Binding(
        NodeOwnership ownership, OutboxConfig config, List<MintChoice.Candidate> candidates, Map<Bytes, Long> turns) {

    /**
     * What was bound.
     *
     * @param more whether there may be more to bind
     * @param turns where the choice of mints ended
     */
    record Result(List<Order> orders, int credits, boolean more, Map<Bytes, Long> turns) {}

    Result run(DSLContext sql) {
        MintChoice choice = new MintChoice(candidates, turns);
        OrderTable table = new OrderTable(sql);
        List<Integer> nodes = ownership.hold(sql);
        List<Order> orders = new ArrayList<>();
        for (Order order : table.unbound(nodes, config.foldAbove())) {
            choice.next(order.request().unit().toString()).ifPresent(mint -> orders.add(table.rebind(order, mint)));
        }
        int most = config.fold() ? config.batch() : Math.min(config.batch(), choice.room());
        List<Credit> credits = credits(table, nodes, List.copyOf(choice.units()), most);
        boolean behind = config.fold() && credits.size() > Math.min(config.foldAbove(), choice.room());
        List<Draft> drafts = behind ? Draft.folded(credits) : Draft.single(credits);
        List<Draft> taken = new ArrayList<>(drafts.size());
        List<Bytes> mints = new ArrayList<>(drafts.size());
        int bound = 0;
        for (Draft draft : drafts) {
            Optional<Bytes> mint = choice.next(draft.newest().unit());
            if (mint.isPresent()) {
                taken.add(draft);
                mints.add(mint.get());
                bound += draft.credits().size();
            }
        }
        orders.addAll(table.add(taken, mints, ownership.boot()));
        boolean more = credits.size() == most || bound < credits.size();
        return new Result(orders, bound, more && !orders.isEmpty(), choice.turns());
    }

    private List<Credit> credits(OrderTable table, List<Integer> nodes, List<String> units, int most) {
        List<Credit> credits = new ArrayList<>();
        for (int node : nodes) {
            int room = most - credits.size();
            if (room > 0) {
                credits.addAll(table.waiting(node, units, room));
            }
        }
        return credits;
    }
}
