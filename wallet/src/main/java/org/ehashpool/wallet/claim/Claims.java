package org.ehashpool.wallet.claim;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.json.QuoteMessages.LookupAnswer;
import org.ehashpool.cashu.json.QuoteMessages.LookupRequest;
import org.ehashpool.cashu.json.QuoteMessages.QuoteAnswer;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.quote.LookupSignatures;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.claim.Batches.Mintable;
import org.ehashpool.wallet.key.LockingKeys;
import org.ehashpool.wallet.mint.MintException;
import org.ehashpool.wallet.mint.MintFaultException;
import org.ehashpool.wallet.mint.MintInfo;
import org.ehashpool.wallet.mint.MintRefusedException;
import org.ehashpool.wallet.operation.Exchanges;
import org.ehashpool.wallet.operation.Preparation;
import org.ehashpool.wallet.session.MintSession;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.OperationState;
import org.ehashpool.wallet.store.OperationTable;
import org.ehashpool.wallet.store.QuoteTable;
import org.ehashpool.wallet.store.StoredQuote;
import org.ehashpool.wallet.store.WalletStore;

/** Claims at one mint. One thread at a time. */
public final class Claims {

    private static final String METHOD = "ehash";

    /** Quotes of a page: what one batch takes. */
    private static final int PAGE = 100;

    /** Of one key, in one pass; the next pass goes on, for what was minted is not listed again. */
    private static final int MOST_PAGES = 100;

    /** Claims and other operations of one mint that have no end: more are begun when some of them have. */
    private static final int MOST_OPEN = 1_000;

    /** Quotes of one mint that it lists and that nothing was minted from. */
    private static final int MOST_UNCLAIMED = 100_000;

    private final MintSession mint;
    private final Set<String> units;
    private final LockingKeys keys;
    private final WalletStore store;
    private final Preparation preparation;
    private final Exchanges exchanges;
    private final InstantSource clock;
    private final SecureRandom random;
    private final LookupPlan plan = new LookupPlan();
    private final RefusedQuotes refused = new RefusedQuotes();

    /** Claims of a wallet's keys. */
    public Claims(
            MintSession mint,
            Set<String> units,
            LockingKeys keys,
            WalletStore store,
            Exchanges exchanges,
            InstantSource clock,
            SecureRandom random) {
        this.mint = mint;
        this.units = Set.copyOf(units);
        this.keys = keys;
        this.store = store;
        this.preparation = new Preparation(store, clock);
        this.exchanges = exchanges;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Looks at all keys whose turn it is, and claims what there is.
     *
     * @return how many quotes were minted from
     * @throws MintException if the mint fails; what was claimed before stays so
     */
    public int run() {
        MintInfo info = mint.info();
        int claimed = 0;
        for (PublicKey key : plan.due(keys.all(), keys.given(), clock.instant())) {
            claimed += claim(info, key);
            plan.done(key, clock.instant());
        }
        return claimed;
    }

    /** A mint that lists quotes without end and signs none of them costs rows up to here. */
    private void requireRoom() {
        store.transact(Isolation.READ_COMMITTED, sql -> {
            if (new OperationTable(sql).open(mint.url()) >= MOST_OPEN) {
                throw new MintFaultException(MOST_OPEN + " operations are open: no more claims until some are done");
            }
            if (new QuoteTable(sql).unclaimed(mint.url()) >= MOST_UNCLAIMED) {
                throw new MintFaultException(MOST_UNCLAIMED + " of its quotes could not be claimed: no more are");
            }
            return true;
        });
    }

    private int claim(MintInfo info, PublicKey key) {
        int claimed = 0;
        Optional<String> cursor = Optional.empty();
        Set<String> cursors = new HashSet<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            LookupAnswer answer = mint.api().lookup(request(info, key, cursor));
            if (answer.quotes().size() > PAGE) {
                throw new MintFaultException("a page of " + answer.quotes().size() + " quotes");
            }
            requireRoom();
            claimed += claim(info, key, answer.quotes());
            cursor = answer.nextCursor();
            if (cursor.isEmpty()) {
                break;
            }
            if (!cursors.add(cursor.get()) || answer.quotes().isEmpty()) {
                throw new MintFaultException("pages that lead nowhere");
            }
        }
        return claimed;
    }

    /** One key a request: a mint does not learn from it that two keys are one wallet's. */
    private LookupRequest request(MintInfo info, PublicKey key, Optional<String> cursor) {
        SecretKey secret = keys.secret(key).orElseThrow();
        byte[] randomness = new byte[SecretKey.LENGTH];
        random.nextBytes(randomness);
        long timestamp = clock.instant().getEpochSecond();
        return new LookupRequest(
                List.of(key),
                List.of(LookupSignatures.sign(info.publicKey(), secret, timestamp, randomness)),
                timestamp,
                true,
                OptionalLong.of(PAGE),
                cursor);
    }

    private int claim(MintInfo info, PublicKey key, List<QuoteAnswer> quotes) {
        Map<String, QuoteAnswer> ours = quotes.stream()
                .filter(quote -> quote.pubkey().filter(key::equals).isPresent()
                        && quote.method().equals(METHOD)
                        && units.contains(quote.unit())
                        && !quote.counters().mintable().isZero()
                        && !refused.contains(quote.quote(), clock.instant()))
                .collect(Collectors.toMap(QuoteAnswer::quote, Function.identity(), (one, same) -> one));
        if (ours.isEmpty()) {
            return 0;
        }
        List<StoredQuote> stored = store.transact(Isolation.READ_COMMITTED, sql -> {
            QuoteTable table = new QuoteTable(sql);
            ours.values().forEach(quote -> table.see(mint.url(), quote, key, clock.instant()));
            return table.lock(mint.url(), ours.keySet());
        });
        List<Mintable> mintable = stored.stream()
                .filter(quote -> quote.operation().isEmpty())
                .map(quote -> new Mintable(
                        quote.id(),
                        quote.unit(),
                        Optional.ofNullable(ours.get(quote.id()))
                                .orElseThrow()
                                .counters()
                                .mintable(),
                        quote.single()))
                .toList();
        return claimAll(mintable, info.batch());
    }

    private int claimAll(List<Mintable> quotes, int most) {
        int claimed = 0;
        List<Mintable> parted = new ArrayList<>();
        for (List<Mintable> batch : Batches.of(quotes, most)) {
            OperationState state = claimBatch(batch);
            claimed += state == OperationState.DONE ? batch.size() : 0;
            if (state == OperationState.FAILED && batch.size() == 1) {
                refused.add(batch.getFirst().quote(), clock.instant());
            }
            if (state == OperationState.FAILED && batch.size() > 1) {
                batch.forEach(quote -> parted.add(new Mintable(quote.quote(), quote.unit(), quote.amount(), true)));
            }
        }
        return parted.isEmpty() ? claimed : claimed + claimEach(parted);
    }

    private int claimEach(List<Mintable> quotes) {
        int claimed = 0;
        for (Mintable quote : quotes) {
            OperationState state = claimBatch(List.of(quote));
            claimed += state == OperationState.DONE ? 1 : 0;
            if (state == OperationState.FAILED) {
                refused.add(quote.quote(), clock.instant());
            }
        }
        return claimed;
    }

    /** One that the mint refuses or answers nonsense to stays open; the others are not its hostages. */
    private OperationState claimBatch(List<Mintable> batch) {
        Map<String, Amount> amounts = batch.stream().collect(Collectors.toMap(Mintable::quote, Mintable::amount));
        Optional<UUID> id = preparation.claim(mint, batch.getFirst().unit(), amounts);
        if (id.isEmpty()) {
            return OperationState.OPEN;
        }
        try {
            Operation operation = exchanges.attempt(id.get());
            return operation.state();
        } catch (MintRefusedException e) {
            return OperationState.OPEN;
        }
    }
}
