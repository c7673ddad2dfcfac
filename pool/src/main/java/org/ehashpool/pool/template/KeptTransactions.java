package org.ehashpool.pool.template;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U64;

/**
 * The transactions of templates that are worked on, for the last two tips, within a number of templates and of bytes: the
 * oldest are dropped first. Pure. Not for use by several threads at once.
 */
final class KeptTransactions {
    /** What a transaction takes in memory beside its bytes. */
    private static final int OVERHEAD = 64;

    private final long maxBytes;
    private final int maxTemplates;
    private final SequencedMap<Long, Entry> entries = new LinkedHashMap<>();
    private long bytes;
    private int tip;

    private record Entry(int tip, Optional<List<Bytes>> transactions, long size) {}

    KeptTransactions(long maxBytes, int maxTemplates) {
        this.maxBytes = maxBytes;
        this.maxTemplates = maxTemplates;
    }

    /** The tip changed: what belongs to a tip before the last one is dropped. */
    void newTip() {
        tip++;
        Iterator<Map.Entry<Long, Entry>> all = entries.entrySet().iterator();
        while (all.hasNext()) {
            Entry entry = all.next().getValue();
            if (entry.tip() < tip - 1) {
                bytes -= entry.size();
                all.remove();
            }
        }
    }

    /** Whether this template's transactions are still to be asked for; they count as asked for afterwards. */
    boolean ask(@U64 long templateId) {
        if (entries.containsKey(templateId)) {
            return false;
        }
        put(templateId, new Entry(tip, Optional.empty(), 0));
        return true;
    }

    /** Whether they were asked for, and are not here yet. */
    boolean isAwaited(@U64 long templateId) {
        Entry entry = entries.get(templateId);
        return entry != null && entry.transactions().isEmpty();
    }

    /** They came; what was not asked for is ignored. */
    void arrived(@U64 long templateId, List<Bytes> transactions) {
        Entry awaited = entries.get(templateId);
        if (awaited == null || awaited.transactions().isPresent()) {
            return;
        }
        long size = 0;
        for (Bytes transaction : transactions) {
            size += transaction.length() + OVERHEAD;
        }
        if (size > maxBytes) {
            entries.remove(templateId);
            return;
        }
        put(templateId, new Entry(awaited.tip(), Optional.of(transactions), size));
    }

    /** They will not come. */
    void absent(@U64 long templateId) {
        if (isAwaited(templateId)) {
            entries.remove(templateId);
        }
    }

    Optional<List<Bytes>> find(@U64 long templateId) {
        Entry entry = entries.get(templateId);
        return entry == null ? Optional.empty() : entry.transactions();
    }

    private void put(@U64 long templateId, Entry entry) {
        entries.put(templateId, entry);
        bytes += entry.size();
        while (entries.size() > maxTemplates || bytes > maxBytes) {
            bytes -= entries.pollFirstEntry().getValue().size();
        }
    }

    /** Templates whose transactions are here. */
    int templates() {
        return (int) entries.values().stream()
                .filter(entry -> entry.transactions().isPresent())
                .count();
    }

    long bytes() {
        return bytes;
    }
}
