package org.ehashpool.pool.outbox;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ehashpool.sv2.type.Bytes;

/**
 * An order that is not written yet: credits of one node, key and unit.
 *
 * @param credits at least one, the oldest first
 * @param amount their sum, below 2^64
 */
record Draft(List<Credit> credits, BigInteger amount) {

    private static final BigInteger TOO_MUCH = BigInteger.ONE.shiftLeft(Long.SIZE);

    Draft {
        credits = List.copyOf(credits);
    }

    private record Payee(int node, Bytes lockingKey, String unit) {}

    /** Whose hash is the order's identity. */
    Credit newest() {
        return credits.getLast();
    }

    /** An order for each credit. */
    static List<Draft> single(List<Credit> credits) {
        return credits.stream()
                .map(credit -> new Draft(List.of(credit), credit.amount()))
                .toList();
    }

    /**
     * An order for each payee, or several where the sum would not be an amount; in the order of their oldest credits.
     *
     * @param credits each payee's oldest first
     */
    static List<Draft> folded(List<Credit> credits) {
        Map<Payee, List<Draft>> byPayee = new LinkedHashMap<>();
        Map<Payee, List<Credit>> open = new LinkedHashMap<>();
        Map<Payee, BigInteger> sums = new LinkedHashMap<>();
        for (Credit credit : credits) {
            Payee payee = new Payee(credit.node(), credit.lockingKey(), credit.unit());
            List<Credit> together = open.computeIfAbsent(payee, first -> new ArrayList<>());
            BigInteger before = sums.getOrDefault(payee, BigInteger.ZERO);
            BigInteger sum = before.add(credit.amount());
            if (sum.compareTo(TOO_MUCH) >= 0) {
                byPayee.computeIfAbsent(payee, first -> new ArrayList<>()).add(new Draft(together, before));
                together.clear();
                sum = credit.amount();
            }
            together.add(credit);
            sums.put(payee, sum);
        }
        List<Draft> drafts = new ArrayList<>();
        open.forEach((payee, rest) -> {
            drafts.addAll(byPayee.getOrDefault(payee, List.of()));
            drafts.add(new Draft(rest, sums.getOrDefault(payee, BigInteger.ZERO)));
        });
        return drafts;
    }
}
