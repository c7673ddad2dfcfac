package org.ehashpool.templateprovider.chain.mempool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.chain.consensus.Acceptance;
import org.ehashpool.templateprovider.chain.consensus.BlockEntry;
import org.ehashpool.templateprovider.chain.consensus.BrokenRuleException;
import org.ehashpool.templateprovider.chain.consensus.ChainParameters;
import org.ehashpool.templateprovider.chain.consensus.ChainState;
import org.ehashpool.templateprovider.chain.consensus.Coin;
import org.ehashpool.templateprovider.chain.consensus.CoinView;
import org.ehashpool.templateprovider.chain.consensus.IdentifiedBlock;
import org.ehashpool.templateprovider.chain.consensus.IdentifiedTransaction;
import org.ehashpool.templateprovider.chain.consensus.Outpoint;
import org.ehashpool.templateprovider.chain.consensus.Rule;
import org.ehashpool.templateprovider.chain.consensus.SignatureOperations;
import org.ehashpool.templateprovider.chain.consensus.TransactionRules;
import org.jspecify.annotations.Nullable;

/**
 * The valid transactions that are in no block, all of which one block after the tip could hold if it were large enough.
 * Not for several threads at once.
 *
 * <p>Bounded in number and bytes; when it is full, more is refused and nothing evicted. Standardness is not looked at.
 */
public final class Mempool implements CoinView {
    /** The most transactions in a chain of ancestors or descendants, the transaction itself included. */
    public static final int MAX_CHAIN = 25;

    /** The least fee in satoshis for a thousand virtual bytes. */
    public static final long MIN_FEE_RATE = 1_000;

    private static final int MAX_TRANSACTION_WEIGHT = 400_000;
    private static final int MAX_TRANSACTION_SIGNATURE_OPERATIONS = ChainParameters.MAX_SIGNATURE_OPERATIONS / 5;

    private final ChainState chain;
    private final Limits limits;
    private final Map<U256, MempoolEntry> entries = new LinkedHashMap<>();
    private final Map<Outpoint, MempoolEntry> spenders = new HashMap<>();
    private long bytes;
    private long nextSequence;
    private long updates;

    /**
     * How much may wait.
     *
     * @param transactions in number
     * @param bytes serialised, with witnesses
     */
    public record Limits(int transactions, long bytes) {}

    /** An empty one on a chain. */
    public Mempool(ChainState chain, Limits limits) {
        this.chain = chain;
        this.limits = limits;
    }

    /** Takes in a transaction, if it may; {@code now} in seconds since 1970. */
    public Admission add(IdentifiedTransaction transaction, long now) {
        Optional<Refusal> unwanted = lookAt(transaction);
        if (unwanted.isPresent()) {
            return new Admission.Unwanted(unwanted.get());
        }
        RawTransaction raw = transaction.raw();
        BlockEntry tip = chain.tip();
        try {
            TransactionRules.checkAlone(raw);
            if (!TransactionRules.isFinal(raw, tip.height() + 1, tip.medianTimePast())) {
                return new Admission.Unwanted(Refusal.NOT_FINAL);
            }
            TransactionRules.Spending spending = TransactionRules.checkSpending(raw, this, tip);
            int signatureOperations = SignatureOperations.cost(raw, spending.spent());
            if (signatureOperations > MAX_TRANSACTION_SIGNATURE_OPERATIONS) {
                return new Admission.Unwanted(Refusal.SIGNATURE_OPERATIONS);
            }
            MempoolEntry entry = new MempoolEntry(
                    transaction,
                    spending.fee(),
                    signatureOperations,
                    now,
                    tip.height(),
                    nextSequence++,
                    parentsOf(raw));
            return admit(entry);
        } catch (BrokenRuleException broken) {
            return broken.rule() == Rule.NOT_FINAL
                    ? new Admission.Unwanted(Refusal.NOT_FINAL_RELATIVE)
                    : new Admission.Invalid(broken.rule(), broken.text());
        }
    }

    private Optional<Refusal> lookAt(IdentifiedTransaction transaction) {
        RawTransaction raw = transaction.raw();
        if (raw.isCoinbase()) {
            return Optional.of(Refusal.COINBASE);
        }
        if (raw.weight() > MAX_TRANSACTION_WEIGHT) {
            return Optional.of(Refusal.SIZE);
        }
        if (entries.containsKey(transaction.id())) {
            return Optional.of(Refusal.ALREADY_IN_MEMPOOL);
        }
        for (int i = 0; i < raw.outputs().size(); i++) {
            if (chain.coins().find(new Outpoint(transaction.id(), i)) != null) {
                return Optional.of(Refusal.ALREADY_KNOWN);
            }
        }
        if (raw.inputs().stream().anyMatch(input -> spenders.containsKey(Outpoint.spentBy(input)))) {
            return Optional.of(Refusal.CONFLICT);
        }
        return entries.size() >= limits.transactions()
                        || bytes + raw.serialized().length() > limits.bytes()
                ? Optional.of(Refusal.FULL)
                : Optional.empty();
    }

    private Admission admit(MempoolEntry entry) {
        if (entry.fee() * 1_000 < MIN_FEE_RATE * entry.virtualSize()) {
            return new Admission.Unwanted(Refusal.FEE_TOO_LOW);
        }
        Set<MempoolEntry> ancestors = entry.ancestors();
        boolean tooLong = ancestors.size() > MAX_CHAIN
                || ancestors.stream()
                        .filter(ancestor -> !ancestor.equals(entry))
                        .anyMatch(ancestor -> ancestor.descendants().size() >= MAX_CHAIN);
        if (tooLong) {
            return new Admission.Unwanted(Refusal.LONG_CHAIN);
        }
        insert(entry);
        return new Admission.Admitted(entry);
    }

    private Set<MempoolEntry> parentsOf(RawTransaction raw) {
        Set<MempoolEntry> parents = new LinkedHashSet<>();
        for (RawTransaction.Input input : raw.inputs()) {
            MempoolEntry parent = entries.get(input.previousTransaction());
            if (parent != null) {
                parents.add(parent);
            }
        }
        return parents;
    }

    private void insert(MempoolEntry entry) {
        entry.link();
        entries.put(entry.transaction().id(), entry);
        bytes += entry.transaction().raw().serialized().length();
        entry.transaction().raw().inputs().forEach(input -> spenders.put(Outpoint.spentBy(input), entry));
        updates++;
    }

    private void remove(MempoolEntry entry) {
        if (entries.remove(entry.transaction().id()) == null) {
            return;
        }
        entry.unlink();
        bytes -= entry.transaction().raw().serialized().length();
        entry.transaction().raw().inputs().forEach(input -> spenders.remove(Outpoint.spentBy(input)));
        updates++;
    }

    /**
     * Follows the chain: what is in a block leaves, with what conflicts with it and depends on that; what a
     * reorganisation took out comes back where it still may.
     *
     * @param now seconds since 1970
     */
    public void follow(Acceptance.NewTip change, long now) {
        for (IdentifiedBlock block : change.connected()) {
            block.transactions().forEach(this::confirmed);
        }
        if (change.disconnected().isEmpty()) {
            return;
        }
        // Coins may be gone or immature again: everything is looked at anew, what left the chain before what stayed.
        List<IdentifiedTransaction> again = new ArrayList<>();
        change.disconnected()
                .reversed()
                .forEach(block -> block.transactions().stream()
                        .skip(1)
                        .map(IdentifiedTransaction::detached)
                        .forEach(again::add));
        entries.values().forEach(entry -> again.add(entry.transaction()));
        List.copyOf(entries.values()).forEach(this::remove);
        again.forEach(transaction -> add(transaction, now));
    }

    private void confirmed(IdentifiedTransaction transaction) {
        MempoolEntry same = entries.get(transaction.id());
        if (same != null) {
            remove(same);
        }
        for (RawTransaction.Input input : transaction.raw().inputs()) {
            MempoolEntry conflict = spenders.get(Outpoint.spentBy(input));
            if (conflict != null) {
                conflict.descendants().forEach(this::remove);
            }
        }
    }

    /** A coin of the chain or of the mempool that nothing in the mempool spends. */
    @Override
    public @Nullable Coin find(Outpoint outpoint) {
        if (spenders.containsKey(outpoint)) {
            return null;
        }
        MempoolEntry entry = entries.get(outpoint.transaction());
        if (entry == null) {
            return chain.coins().find(outpoint);
        }
        List<TransactionOutput> outputs = entry.transaction().raw().outputs();
        if (outpoint.index() >= outputs.size()) {
            return null;
        }
        TransactionOutput output = outputs.get((int) outpoint.index());
        return Coin.isUnspendable(output.script())
                ? null
                : new Coin(output.value(), output.script(), chain.tip().height() + 1, false);
    }

    /** A transaction that waits. */
    public Optional<MempoolEntry> find(U256 id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** All that wait, in the order in which they came; a view. */
    public Collection<MempoolEntry> entries() {
        return Collections.unmodifiableCollection(entries.values());
    }

    /** The number of transactions that wait. */
    public int size() {
        return entries.size();
    }

    /** Their bytes, with witnesses. */
    public long bytes() {
        return bytes;
    }

    /** Counts every change, for long polls. */
    public long updates() {
        return updates;
    }

    /** How much may wait. */
    public Limits limits() {
        return limits;
    }
}
