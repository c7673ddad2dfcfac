package org.ehashpool.pool.ledger;

import static org.ehashpool.pool.generated.Sequences.SHARE_BLOCK;

import io.vertx.core.Future;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.pool.events.PoolEvents;
import org.ehashpool.pool.ledger.ShareRows.Entry;
import org.ehashpool.pool.node.NodeLease;
import org.ehashpool.pool.node.NodeTable;
import org.ehashpool.pool.pay.PayTerms;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in Postgres. A commit is one transaction: the shares' rows, and what is left over of their keys' shares. It
 * expects no hash to be there and looks only when the database says that one is.
 *
 * <p>Each share has an id from before its first try. A row with its hash and its id is its own, written by a try whose
 * outcome was not known; a row with another id is another's, and the share is a duplicate.
 */
public final class PostgresShareLedger implements ShareLedger {
    private static final int BLOCK_BITS = 16;
    /** A try fails in vain only if somebody else adds the same hash at the same moment. */
    private static final int TRIES = 5;

    private final Supplier<Database> database;
    private final Supplier<NodeLease> lease;
    private final Supplier<PayTerms> terms;
    private final InstantSource clock;
    private final CreditsListener listener;
    private final Tips tips;
    private final Accounts accounts;
    private final Carries carries = new Carries();
    /** Held while a commit, or a change of carries by anything else, is under way. */
    private final ReentrantLock writing = new ReentrantLock();

    private @Nullable Batch unsettled;
    private long nextId;
    private long endOfIds;

    /** The credits of a commit, with their ids. */
    private record Batch(List<ShareCredit> credits, List<Entry> entries) {}

    /** What stands in rows for tips and identities. */
    private record Numbers(Map<U256, Integer> tips, Map<Accounts.Identity, Long> accounts) {}

    /**
     * A ledger.
     *
     * @param database open when the first commit begins
     * @param lease this process's, from then on
     * @param terms the present ones
     */
    public PostgresShareLedger(
            Supplier<Database> database,
            Supplier<NodeLease> lease,
            Supplier<PayTerms> terms,
            InstantSource clock,
            CreditsListener listener) {
        this.database = database;
        this.lease = lease;
        this.terms = terms;
        this.clock = clock;
        this.listener = listener;
        tips = new Tips(database);
        accounts = new Accounts(database);
    }

    @Override
    public Future<List<Outcome>> commit(List<ShareCredit> credits) {
        CompletableFuture<List<Outcome>> done = new CompletableFuture<>();
        Thread.ofVirtual().name("share-ledger").start(() -> {
            try {
                done.complete(exclusively(() -> record(credits)));
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return Future.fromCompletionStage(done);
    }

    /**
     * Does something that may change carries, while no commit is under way. Blocks.
     *
     * @param change says whether it did
     */
    boolean changeCarries(BooleanSupplier change) {
        return exclusively(() -> {
            boolean changed = true;
            try {
                changed = change.getAsBoolean();
                return changed;
            } finally {
                if (changed) {
                    carries.forget();
                }
            }
        });
    }

    private <T> T exclusively(Supplier<T> work) {
        writing.lock();
        try {
            return work.get();
        } finally {
            writing.unlock();
        }
    }

    private List<Outcome> record(List<ShareCredit> credits) {
        Batch before = unsettled;
        boolean again = before != null && before.credits().equals(credits);
        Batch batch = again && before != null ? before : new Batch(credits, number(credits));
        unsettled = batch;
        Outcome[] outcomes = new Outcome[credits.size()];
        record(batch.entries(), again, outcomes);
        unsettled = null;
        return Arrays.asList(outcomes);
    }

    private List<Entry> number(List<ShareCredit> credits) {
        List<Entry> entries = new ArrayList<>(credits.size());
        for (int i = 0; i < credits.size(); i++) {
            if (nextId == endOfIds) {
                nextId = database.get()
                                .transactBlocking(
                                        Isolation.READ_COMMITTED,
                                        sql -> sql.nextval(SHARE_BLOCK).longValue())
                        << BLOCK_BITS;
                endOfIds = nextId + (1L << BLOCK_BITS);
            }
            entries.add(new Entry(i, nextId++, credits.get(i)));
        }
        return entries;
    }

    /** @param look whether rows of these may be there */
    private void record(List<Entry> entries, boolean look, Outcome[] outcomes) {
        boolean looking = look;
        Numbers numbers = numbers(entries);
        for (int attempt = 1; ; attempt++) {
            try {
                write(entries, numbers, looking, outcomes);
                return;
            } catch (RuntimeException e) {
                switch (LedgerFault.of(e)) {
                    case HASH_TAKEN -> {
                        if (attempt == TRIES) {
                            throw e;
                        }
                        looking = true;
                    }
                    case BAD_VALUE -> {
                        refuse(entries, e, outcomes);
                        return;
                    }
                    case AWAY -> throw e;
                }
            }
        }
    }

    /** Finds the one that cannot be kept; the others are. */
    private void refuse(List<Entry> entries, RuntimeException cause, Outcome[] outcomes) {
        if (entries.size() == 1) {
            Entry entry = entries.getFirst();
            PoolEvents.creditRefused(
                    entry.credit().connectionId(), entry.credit().channelId(), cause);
            outcomes[entry.index()] = Outcome.REFUSED;
            return;
        }
        int half = entries.size() / 2;
        record(entries.subList(0, half), true, outcomes);
        record(entries.subList(half, entries.size()), true, outcomes);
    }

    private Numbers numbers(List<Entry> entries) {
        Set<U256> previousHashes = new HashSet<>();
        Set<Accounts.Identity> identities = new HashSet<>();
        for (Entry entry : entries) {
            previousHashes.add(entry.credit().previousHash());
            identities.add(Accounts.Identity.of(entry.credit()));
        }

        return new Numbers(tips.numbers(previousHashes), accounts.numbers(identities));
    }

    private void write(List<Entry> entries, Numbers numbers, boolean look, Outcome[] outcomes) {
        NodeLease present = lease.get();
        PayTerms now = terms.get();
        long time = clock.millis();
        if (look) {
            carries.forget();
        }
        Pricing pricing = database.get().transactBlocking(Isolation.READ_COMMITTED, sql -> {
            NodeTable.requireHeld(sql, present);
            List<Entry> fresh = look ? sort(sql, entries, numbers.tips(), outcomes) : entries;
            Pricing priced = price(sql, fresh, present, now, time);
            ShareRows.add(sql, present, fresh, priced, numbers.tips(), numbers.accounts());
            Carries.write(sql, present, priced);
            for (Entry entry : fresh) {
                outcomes[entry.index()] = Outcome.RECORDED;
            }
            return priced;
        });
        carries.committed(pricing, time);
        int payable = pricing.payable();
        if (payable > 0) {
            listener.committed(present.node(), payable);
        }
    }

    /** Says what became of those that are there already; returns the others. */
    private static List<Entry> sort(
            DSLContext sql, List<Entry> entries, Map<U256, Integer> tipNumbers, Outcome[] outcomes) {
        Map<U256, Long> found = ShareRows.find(sql, entries, tipNumbers);
        List<Entry> fresh = new ArrayList<>();
        for (Entry entry : entries) {
            Long id = found.putIfAbsent(entry.credit().hash(), entry.id());
            if (id == null) {
                fresh.add(entry);
            } else {
                outcomes[entry.index()] = id == entry.id() ? Outcome.RECORDED : Outcome.DUPLICATE;
            }
        }
        return fresh;
    }

    private Pricing price(DSLContext sql, List<Entry> entries, NodeLease present, PayTerms now, long time) {
        List<ShareCredit> credits = new ArrayList<>(entries.size());
        Set<Bytes> keys = new HashSet<>();
        for (Entry entry : entries) {
            credits.add(entry.credit());
            if (entry.credit().hasPayee()) {
                keys.add(entry.credit().lockingKey().orElseThrow());
            }
        }
        Map<Bytes, BigInteger> before = carries.of(sql, present, now, keys, time);
        return Pricing.of(credits, now, before);
    }
}
