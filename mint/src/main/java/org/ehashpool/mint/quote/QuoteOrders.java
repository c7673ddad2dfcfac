package org.ehashpool.mint.quote;

import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.mint.events.MintEvents;
import org.ehashpool.mint.journal.MintJournal;
import org.ehashpool.mint.keyset.Keysets;
import org.ehashpool.mint.store.KeysetTable;
import org.ehashpool.mint.store.LedgerTable;
import org.ehashpool.mint.store.MintStatus;
import org.ehashpool.mint.store.QuoteTable;
import org.ehashpool.mint.store.StatusTable;
import org.ehashpool.mint.store.StoredQuote;
import org.ehashpool.mint.store.Sums;
import org.jooq.DSLContext;

/**
 * Makes quotes that are paid already, many in one transaction, each once: the share hash is unique, and the same order
 * finds the same quote whatever has happened since. Where a unit has a limit, orders in it take turns, so that the limit
 * is exact.
 */
public final class QuoteOrders {

    /** Orders of one transaction. */
    public static final int MAXIMUM = 512;

    private final Database database;
    private final Keysets keysets;
    private final QuoteIds ids;
    private final InstantSource clock;
    private final MintJournal journal;

    public QuoteOrders(Database database, Keysets keysets, QuoteIds ids, InstantSource clock, MintJournal journal) {
        this.database = database;
        this.keysets = keysets;
        this.ids = ids;
        this.clock = clock;
        this.journal = journal;
    }

    /**
     * The answers to orders, in their order. Blocks: for a thread that may wait.
     *
     * @throws IllegalArgumentException for more than {@value #MAXIMUM}
     */
    public List<OrderAnswer> place(List<QuoteOrder> orders) {
        if (orders.size() > MAXIMUM) {
            throw new IllegalArgumentException("at most " + MAXIMUM + " orders at once, not " + orders.size());
        }
        if (orders.isEmpty()) {
            return List.of();
        }
        List<OrderAnswer> answers =
                database.transactBlocking(Isolation.READ_COMMITTED, sql -> new Batch(sql, orders).answers());
        for (int i = 0; i < answers.size(); i++) {
            switch (answers.get(i)) {
                case OrderAnswer.Quoted quoted -> {
                    if (!quoted.existed()) {
                        journal.quoteChanged(quoted.quote());
                    }
                }
                case OrderAnswer.Refused refused -> {
                    if (refused.reason() == OrderAnswer.Reason.CONFLICT) {
                        MintEvents.orderConflict(orders.get(i).shareHash());
                        journal.orderConflict(orders.get(i).shareHash());
                    }
                }
            }
        }
        return answers;
    }

    /** One transaction. */
    private final class Batch {

        private final QuoteTable quotes;
        private final LedgerTable ledger;
        private final StatusTable status;
        private final DSLContext sql;
        private final List<QuoteOrder> orders;
        private final Map<String, StoredQuote> existing;
        private final Map<String, OrderAnswer.Reason> refused = new HashMap<>();
        private final Set<UUID> made = new HashSet<>();

        Batch(DSLContext sql, List<QuoteOrder> orders) {
            this.sql = sql;
            this.orders = orders;
            quotes = new QuoteTable(sql);
            ledger = new LedgerTable(sql);
            status = new StatusTable(sql);
            status.share();
            existing = new HashMap<>(quotes.findByShare(
                    orders.stream().map(QuoteOrder::shareHash).toList()));
        }

        List<OrderAnswer> answers() {
            // One per share hash, in the order in which rows are locked.
            Map<String, QuoteOrder> wanted = new TreeMap<>();
            for (QuoteOrder order : orders) {
                if (!existing.containsKey(order.shareHash())) {
                    wanted.putIfAbsent(order.shareHash(), order);
                }
            }
            if (!wanted.isEmpty()) {
                make(permitted(wanted));
            }
            Set<UUID> told = new HashSet<>();
            return orders.stream().map(order -> answer(order, told)).toList();
        }

        private List<QuoteOrder> permitted(Map<String, QuoteOrder> wanted) {
            MintStatus now = status.read().orElseThrow();
            Map<String, Amount> limits = new KeysetTable(sql).limits();
            Map<String, BigInteger> outstanding = new HashMap<>();
            Set<String> limited = new TreeSet<>(limits.keySet());
            wanted.values().stream()
                    .map(QuoteOrder::unit)
                    .filter(limited::contains)
                    .distinct()
                    .sorted()
                    .forEach(unit -> {
                        status.takeTurnIn(unit);
                        outstanding.put(unit, ledger.outstanding(unit));
                    });
            List<QuoteOrder> permitted = new ArrayList<>();
            for (QuoteOrder order : wanted.values()) {
                Optional<OrderAnswer.Reason> reason = refusal(order, now);
                Amount limit = limits.get(order.unit());
                if (reason.isEmpty() && limit != null) {
                    BigInteger after = outstanding
                            .getOrDefault(order.unit(), BigInteger.ZERO)
                            .add(order.amount().toBigInteger());
                    if (after.compareTo(limit.toBigInteger()) > 0) {
                        reason = Optional.of(OrderAnswer.Reason.LIMIT_REACHED);
                    } else {
                        outstanding.put(order.unit(), after);
                    }
                }
                reason.ifPresentOrElse(found -> refused.put(order.shareHash(), found), () -> permitted.add(order));
            }
            return permitted;
        }

        private Optional<OrderAnswer.Reason> refusal(QuoteOrder order, MintStatus now) {
            if (order.amount().isZero()) {
                return Optional.of(OrderAnswer.Reason.INVALID_AMOUNT);
            }
            if (!keysets.current().hasUnit(order.unit())) {
                return Optional.of(OrderAnswer.Reason.UNKNOWN_UNIT);
            }
            if (now.readOnly().isPresent()) {
                return Optional.of(OrderAnswer.Reason.READ_ONLY);
            }
            if (now.quotingStopped().isPresent()) {
                return Optional.of(OrderAnswer.Reason.QUOTING_STOPPED);
            }
            return expired(order.unit()) ? Optional.of(OrderAnswer.Reason.KEYSET_EXPIRED) : Optional.empty();
        }

        /** Whether the unit has a keyset that signs, and it is past its expiry. */
        private boolean expired(String unit) {
            Instant present = clock.instant();
            return keysets.current().active().stream()
                    .anyMatch(keyset ->
                            keyset.row().unit().equals(unit) && keyset.row().expired(present));
        }

        private void make(List<QuoteOrder> permitted) {
            if (permitted.isEmpty()) {
                return;
            }
            Instant now = clock.instant();
            List<StoredQuote> news =
                    permitted.stream().map(order -> quote(order, now)).toList();
            made.addAll(quotes.add(news));
            Map<LedgerTable.Account, Sums> changes = new HashMap<>();
            for (StoredQuote quote : news) {
                if (made.contains(quote.id())) {
                    existing.put(quote.share().orElseThrow().hash(), quote);
                    changes.merge(
                            new LedgerTable.Account(quote.unit(), LedgerTable.QUOTES),
                            Sums.ofPaid(quote.paid().toBigInteger()),
                            Sums::plus);
                }
            }
            if (made.size() < news.size()) {
                // Another transaction was quicker; it is committed, or its rows would not have been in the way.
                existing.putAll(quotes.findByShare(
                        permitted.stream().map(QuoteOrder::shareHash).toList()));
            }
            ledger.add(changes);
        }

        private StoredQuote quote(QuoteOrder order, Instant now) {
            return new StoredQuote(
                    ids.next(),
                    QuoteOrder.METHOD,
                    order.unit(),
                    order.shareHash(),
                    Optional.of(order.amount()),
                    order.amount(),
                    Amount.ZERO,
                    Optional.of(order.lockingKey()),
                    Optional.of(new StoredQuote.Share(order.shareHash(), order.shareCount(), order.minedAt())),
                    Optional.empty(),
                    OptionalLong.empty(),
                    now,
                    now.getEpochSecond());
        }

        private OrderAnswer answer(QuoteOrder order, Set<UUID> told) {
            StoredQuote quote = existing.get(order.shareHash());
            if (quote == null) {
                return new OrderAnswer.Refused(
                        Objects.requireNonNull(refused.get(order.shareHash()), "neither made nor refused"));
            }
            if (!same(order, quote)) {
                return new OrderAnswer.Refused(OrderAnswer.Reason.CONFLICT);
            }
            boolean existed = !made.contains(quote.id()) || !told.add(quote.id());
            return new OrderAnswer.Quoted(quote, existed);
        }
    }

    /** The count and the time of shares are for people: they do not make another order. */
    private static boolean same(QuoteOrder order, StoredQuote quote) {
        return quote.amount().equals(Optional.of(order.amount()))
                && quote.unit().equals(order.unit())
                && quote.lockingKey().equals(Optional.of(order.lockingKey()));
    }
}
