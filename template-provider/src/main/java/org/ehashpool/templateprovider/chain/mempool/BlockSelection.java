package org.ehashpool.templateprovider.chain.mempool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The transactions for a block: always the one next whose fee rate, together with that of its ancestors not yet chosen, is
 * the highest, with those ancestors before it.
 */
public final class BlockSelection {
    /** After so many that did not fit into a nearly full block, no more are tried. */
    private static final int MAX_MISSES = 1_000;

    private static final Comparator<Bundle> BEST_FIRST = (left, right) -> {
        // fee / weight, compared without division: neither product exceeds 63 bits.
        int order = Long.compare(right.fee * left.weight, left.fee * right.weight);
        return order != 0 ? order : Long.compare(left.entry.sequence(), right.entry.sequence());
    };

    private final PriorityQueue<Bundle> queue = new PriorityQueue<>(BEST_FIRST);
    private final Set<MempoolEntry> chosen = new LinkedHashSet<>();
    private final Set<MempoolEntry> skipped = new HashSet<>();
    private long weight;
    private long signatureOperations;

    private BlockSelection() {}

    private record Bundle(MempoolEntry entry, List<MempoolEntry> members, long fee, long weight) {}

    /**
     * Chooses from what waits.
     *
     * @param maxWeight weight units that the transactions may take together
     * @param maxSignatureOperations what their signature operations may cost together
     * @return each after those that it depends on
     */
    public static List<MempoolEntry> choose(
            Collection<MempoolEntry> entries, long maxWeight, long maxSignatureOperations) {
        BlockSelection selection = new BlockSelection();
        entries.forEach(entry -> selection.queue.add(selection.bundleOf(entry)));
        selection.run(maxWeight, maxSignatureOperations);
        return new ArrayList<>(selection.chosen);
    }

    private void run(long maxWeight, long maxSignatureOperations) {
        int misses = 0;
        while (!queue.isEmpty() && misses < MAX_MISSES) {
            Bundle best = queue.poll();
            if (chosen.contains(best.entry) || skipped.contains(best.entry)) {
                continue;
            }
            if (best.members.stream().anyMatch(chosen::contains)) {
                // An ancestor was chosen meanwhile: what is left has another rate.
                queue.add(bundleOf(best.entry));
                continue;
            }
            long operations = best.members.stream()
                    .mapToLong(MempoolEntry::signatureOperations)
                    .sum();
            if (weight + best.weight > maxWeight || signatureOperations + operations > maxSignatureOperations) {
                skipped.add(best.entry);
                misses++;
                continue;
            }
            weight += best.weight;
            signatureOperations += operations;
            take(best);
        }
    }

    private void take(Bundle best) {
        chosen.addAll(best.members);
        Set<MempoolEntry> affected = new LinkedHashSet<>();
        best.members.forEach(member -> affected.addAll(member.descendants()));
        affected.removeAll(chosen);
        affected.forEach(entry -> {
            skipped.remove(entry);
            queue.add(bundleOf(entry));
        });
    }

    private Bundle bundleOf(MempoolEntry entry) {
        List<MempoolEntry> members = new ArrayList<>();
        long fee = 0;
        long bundleWeight = 0;
        for (MempoolEntry ancestor : entry.ancestors()) {
            if (!chosen.contains(ancestor)) {
                members.add(ancestor);
                fee += ancestor.fee();
                bundleWeight += ancestor.weight();
            }
        }
        members.sort(Comparator.comparingLong(MempoolEntry::sequence));
        return new Bundle(entry, members, fee, bundleWeight);
    }
}
