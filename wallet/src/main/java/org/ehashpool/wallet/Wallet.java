package org.ehashpool.wallet;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.audit.WalletAudit;
import org.ehashpool.wallet.claim.Claims;
import org.ehashpool.wallet.event.WalletEvents;
import org.ehashpool.wallet.key.LockingKeys;
import org.ehashpool.wallet.mint.MintClient;
import org.ehashpool.wallet.mint.MintException;
import org.ehashpool.wallet.mint.MintUrl;
import org.ehashpool.wallet.operation.Consolidation;
import org.ehashpool.wallet.operation.Exchanges;
import org.ehashpool.wallet.operation.OperationException;
import org.ehashpool.wallet.operation.Receipts;
import org.ehashpool.wallet.operation.Recovery;
import org.ehashpool.wallet.operation.Spending;
import org.ehashpool.wallet.operation.Transfers;
import org.ehashpool.wallet.restore.Restoration;
import org.ehashpool.wallet.restore.SignedOutputs;
import org.ehashpool.wallet.session.MintSession;
import org.ehashpool.wallet.session.Mints;
import org.ehashpool.wallet.store.Claimed;
import org.ehashpool.wallet.store.LockingKey;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.OperationTable;
import org.ehashpool.wallet.store.ProofTable;
import org.ehashpool.wallet.store.QuoteTable;
import org.ehashpool.wallet.store.StatusTable;
import org.ehashpool.wallet.store.WalletStore;
import org.jspecify.annotations.Nullable;

/**
 * A wallet: one seed, one database, the mints it trusts. {@link #lockingKey}, {@link #hint} and {@link #mints} never
 * wait; everything else waits for the database or a mint.
 */
public final class Wallet implements AutoCloseable {

    private static final Duration UPKEEP = Duration.ofMinutes(1);
    private static final int LARGEST_PAGE = 200;

    private final WalletStore store;
    private final LockingKeys keys;
    private final Mints mints;
    private final Transfers transfers;
    private final Receipts receipts;
    private final Restoration restoration;
    private final WalletAudit audit;
    private final Map<MintUrl, MintWorker> workers = new TreeMap<>();
    private volatile boolean stopping;
    private @Nullable Thread upkeep;

    private Wallet(WalletStore store, WalletSeed seed, WalletOptions options, Surroundings surroundings) {
        this.store = store;
        InstantSource clock = surroundings.clock();
        keys = new LockingKeys(store, seed, options.keyRotation(), clock);
        List<MintSession> sessions = new ArrayList<>();
        options.mints()
                .forEach(mint -> sessions.add(
                        new MintSession(mint, surroundings.mints().apply(mint.url()), options.units(), store, clock)));
        mints = new Mints(sessions);
        SignedOutputs signed = new SignedOutputs(store, seed, clock);
        Recovery recovery = new Recovery(store, signed, clock);
        Exchanges exchanges = new Exchanges(store, seed, keys, mints, recovery, clock, surroundings.random());
        transfers = new Transfers(store, mints, exchanges, clock);
        receipts = new Receipts(store, mints, transfers, recovery, clock, options.units());
        restoration = new Restoration(seed, signed, keys, clock, surroundings.random());
        audit = new WalletAudit(store, clock);
        Spending spending = new Spending(store, clock);
        for (MintSession session : mints.all()) {
            workers.put(
                    session.url(),
                    new MintWorker(
                            session,
                            new Claims(session, options.units(), keys, store, exchanges, clock, surroundings.random()),
                            exchanges,
                            recovery,
                            spending,
                            new Consolidation(options.consolidation(), store, exchanges, clock, surroundings.random()),
                            options.units(),
                            store,
                            options.lookupInterval(),
                            clock,
                            surroundings.random()));
        }
    }

    /**
     * Opens a wallet, which does nothing by itself until {@link #start}.
     *
     * @param store closed by its owner
     * @param seed closed by its owner
     * @throws IllegalArgumentException if the database is another seed's
     */
    public static Wallet open(WalletStore store, WalletSeed seed, WalletOptions options, Surroundings surroundings) {
        PublicKey first = seed.quoteKey(0).publicKey();
        PublicKey owner = store.transact(
                Isolation.READ_COMMITTED,
                sql -> new StatusTable(sql).claim(first, surroundings.clock().instant()));
        if (!owner.equals(first)) {
            throw new IllegalArgumentException("the wallet's database belongs to another seed");
        }
        Wallet wallet = new Wallet(store, seed, options, surroundings);
        wallet.keys.upkeep();
        WalletEvents.opened(options.mints().size(), wallet.lockingKey().toString());
        return wallet;
    }

    /** Surroundings with mints over HTTP. */
    public static Surroundings overHttp(WalletOptions options, InstantSource clock, SecureRandom random) {
        var http = MintClient.http(options.requestTimeout());
        return new Surroundings(url -> new MintClient(http, url, options.requestTimeout()), clock, random);
    }

    /** Begins to look after the mints and the keys, on threads of its own. */
    public synchronized void start() {
        workers.values().forEach(MintWorker::start);
        upkeep = Thread.ofVirtual().name("wallet-keys").start(this::rotateKeys);
    }

    private void rotateKeys() {
        while (!stopping) {
            try {
                Thread.sleep(UPKEEP);
                keys.upkeep();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                WalletEvents.upkeepFailed(e);
            }
        }
    }

    /** The key to lock new quotes to. */
    public PublicKey lockingKey() {
        return keys.current();
    }

    /** The next key, in use from now on. Waits for the database. */
    public PublicKey newLockingKey() {
        keys.next();
        return keys.current();
    }

    /** Every key of the seed that was ever in use, the newest first. */
    public List<LockingKey> lockingKeys() {
        return keys.all();
    }

    /** Claims the quotes of a key, too, that is not the seed's. It is not stored. */
    public void give(SecretKey key) {
        keys.give(key);
    }

    /** There may be a new quote at that mint; of a mint that is not trusted, it means nothing. */
    public void hint(MintUrl mint) {
        MintWorker worker = workers.get(mint);
        if (worker != null) {
            worker.hint();
        }
    }

    /** How it goes with the mints. */
    public List<MintStatus> mints() {
        return workers.values().stream().map(MintWorker::status).toList();
    }

    /**
     * Looks at one mint now: resumes, claims.
     *
     * @return how many quotes were minted from
     * @throws MintException if the mint fails
     * @throws OperationException if the mint is not trusted
     */
    public int claim(MintUrl mint) {
        MintWorker worker = workers.get(mint);
        if (worker == null) {
            throw new OperationException(
                    OperationException.Reason.MINT_NOT_TRUSTED, mint + " is none of the trusted mints");
        }
        return worker.pass();
    }

    /**
     * Gets back what the seed has at a mint; see {@link Restoration#run}.
     *
     * @throws MintException if the mint fails
     * @throws OperationException if the mint is not trusted
     */
    public Restoration.Report restore(MintUrl mint) {
        MintSession session = mints.find(mint)
                .orElseThrow(() -> new OperationException(
                        OperationException.Reason.MINT_NOT_TRUSTED, mint + " is none of the trusted mints"));
        return restoration.run(session);
    }

    /** Makes a token; see {@link Transfers#send}. */
    public Operation send(Transfers.SendOrder order) {
        return transfers.send(order);
    }

    /** The token of a send; see {@link Transfers#token}. */
    public Optional<String> token(UUID send) {
        return transfers.token(send);
    }

    /** Takes back a send; see {@link Transfers#reclaim}. */
    public Operation reclaim(UUID send) {
        return transfers.reclaim(send);
    }

    /** Takes a token; see {@link Receipts#receive}. */
    public Operation receive(String token) {
        return receipts.receive(token);
    }

    /** What there is, by mint and unit. */
    public List<Balance> balances() {
        return Balance.of(store.transact(Isolation.READ_COMMITTED, sql -> new ProofTable(sql).sums()));
    }

    /** All that was ever minted from quotes. */
    public BigInteger claimedTotal() {
        return store.transact(Isolation.READ_COMMITTED, sql -> new QuoteTable(sql).claimedTotal());
    }

    /** Reads for auditors. */
    public WalletAudit audit() {
        return audit;
    }

    /** What was minted from quotes, for each mint and unit that something was minted at. */
    public List<Claimed> claimedByMint() {
        return store.transact(Isolation.READ_COMMITTED, sql -> new QuoteTable(sql).claimedByMint());
    }

    /** How many operations have no answer yet. */
    public int openOperations() {
        return store.transact(Isolation.READ_COMMITTED, sql -> new OperationTable(sql).open());
    }

    /**
     * Operations, the newest first.
     *
     * @param after the last one of the page before
     * @param limit at most 200
     */
    public List<Operation> history(Optional<UUID> after, int limit) {
        return store.transact(Isolation.READ_COMMITTED, sql -> {
            OperationTable table = new OperationTable(sql);
            return table.history(after.flatMap(table::find), Math.clamp(limit, 1, LARGEST_PAGE));
        });
    }

    /** An operation. */
    public Optional<Operation> operation(UUID id) {
        return store.transact(Isolation.READ_COMMITTED, sql -> new OperationTable(sql).find(id));
    }

    @Override
    public synchronized void close() {
        stopping = true;
        Thread keeping = upkeep;
        if (keeping != null) {
            keeping.interrupt();
        }
        workers.values().forEach(MintWorker::stop);
    }
}
