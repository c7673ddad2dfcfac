package org.ehashpool.templateprovider.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.kit.bitcoin.BlockTemplate;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.template.ServedTemplate;
import org.ehashpool.templateprovider.template.Tip;
import org.jspecify.annotations.Nullable;

/**
 * The templates that were sent and may still be asked for or solved: those of the present tip and of the one before,
 * bounded in number and memory. Transactions that several templates contain are kept once. Thread-safe.
 */
public final class Shelf {
    /** As sv2-tp: "Allow a few seconds for clients to submit a block or to request transactions". */
    private static final Duration STALE_AFTER = Duration.ofSeconds(10);

    /** What a transaction costs besides its bytes: ids and lists. */
    private static final int OVERHEAD = 256;

    private final int maximumTemplates;
    private final long maximumBytes;
    private final Map<Long, ServedTemplate> templates = new LinkedHashMap<>();
    private final Map<U256, Held> transactions = new HashMap<>();
    private long bytes;
    private @Nullable Tip present;
    private @Nullable Tip before;
    private Instant tipSince = Instant.MIN;

    private static final class Held {
        private final Bytes data;
        private int uses;

        private Held(Bytes data) {
            this.data = data;
        }
    }

    /** What became of a request for a template. */
    public sealed interface Lookup {
        /**
         * It is here.
         *
         * @param template it
         */
        record Found(ServedTemplate template) implements Lookup {}

        /** It is here, but for a tip that has passed. */
        record Stale(ServedTemplate template) implements Lookup {}

        /** It is not here, or never was. */
        record Unknown() implements Lookup {}
    }

    /**
     * An empty shelf.
     *
     * @param maximumTemplates on it
     * @param maximumBytes of the transactions in them
     */
    public Shelf(int maximumTemplates, long maximumBytes) {
        this.maximumTemplates = maximumTemplates;
        this.maximumBytes = maximumBytes;
    }

    /** The same template, with the bytes of transactions that are here already in place of its own copies. */
    synchronized BlockTemplate shared(BlockTemplate template) {
        return template.withTransactions(
                template.transactions().stream().map(this::shared).toList());
    }

    private BlockTemplate.Transaction shared(BlockTemplate.Transaction transaction) {
        Held held = transactions.get(transaction.witnessId());
        return held == null || !held.data.equals(transaction.data())
                ? transaction
                : new BlockTemplate.Transaction(
                        held.data,
                        transaction.id(),
                        transaction.witnessId(),
                        transaction.fee(),
                        transaction.weight(),
                        transaction.sigopCost(),
                        transaction.parents());
    }

    /** A new tip: what is older than the one before it goes. */
    synchronized void tip(Tip tip, Instant now) {
        before = present;
        present = tip;
        tipSince = now;
        Iterator<ServedTemplate> all = templates.values().iterator();
        while (all.hasNext()) {
            ServedTemplate template = all.next();
            if (template.tip().isPresent() && !isOn(template, present) && !isOn(template, before)) {
                all.remove();
                release(template);
            }
        }
    }

    private static boolean isOn(ServedTemplate template, @Nullable Tip tip) {
        return tip != null
                && template.tip()
                        .map(named -> named.previousHash().equals(tip.previousHash()))
                        .orElse(false);
    }

    /**
     * Adds one, or replaces the one of its number.
     *
     * @param inUse numbers of those that must stay
     */
    synchronized void put(ServedTemplate template, Set<Long> inUse) {
        retain(template);
        ServedTemplate replaced = templates.put(template.id(), template);
        if (replaced != null) {
            release(replaced);
        }
        Iterator<ServedTemplate> oldest = templates.values().iterator();
        while ((templates.size() > maximumTemplates || bytes > maximumBytes) && oldest.hasNext()) {
            ServedTemplate candidate = oldest.next();
            if (candidate.id() != template.id() && !inUse.contains(candidate.id())) {
                oldest.remove();
                release(candidate);
            }
        }
    }

    private void retain(ServedTemplate template) {
        for (BlockTemplate.Transaction transaction : template.draft().transactions()) {
            Held held = transactions.computeIfAbsent(transaction.witnessId(), id -> new Held(transaction.data()));
            if (held.uses++ == 0) {
                bytes += held.data.length();
            }
            bytes += OVERHEAD;
        }
    }

    private void release(ServedTemplate template) {
        for (BlockTemplate.Transaction transaction : template.draft().transactions()) {
            Held held = transactions.get(transaction.witnessId());
            if (held != null && --held.uses == 0) {
                transactions.remove(transaction.witnessId());
                bytes -= held.data.length();
            }
            bytes -= OVERHEAD;
        }
    }

    /** The template of a number. */
    public synchronized Lookup find(long id, Instant now) {
        ServedTemplate template = templates.get(id);
        if (template == null) {
            return new Lookup.Unknown();
        }
        boolean current = template.tip().isEmpty() || isOn(template, present);
        return current || now.isBefore(tipSince.plus(STALE_AFTER))
                ? new Lookup.Found(template)
                : new Lookup.Stale(template);
    }

    /** All of them, the oldest first. */
    public synchronized List<ServedTemplate> all() {
        return List.copyOf(templates.values());
    }

    /** What the transactions take, bytes. */
    public synchronized long size() {
        return bytes;
    }

    /** The tip announced last. */
    public synchronized Optional<Tip> tip() {
        return Optional.ofNullable(present);
    }
}
