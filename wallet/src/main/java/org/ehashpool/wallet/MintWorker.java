package org.ehashpool.wallet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.claim.Claims;
import org.ehashpool.wallet.event.WalletEvents;
import org.ehashpool.wallet.mint.MintException;
import org.ehashpool.wallet.mint.MintRefusedException;
import org.ehashpool.wallet.operation.Consolidation;
import org.ehashpool.wallet.operation.Exchanges;
import org.ehashpool.wallet.operation.Recovery;
import org.ehashpool.wallet.operation.Spending;
import org.ehashpool.wallet.session.MintSession;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.OperationTable;
import org.ehashpool.wallet.store.WalletStore;
import org.jspecify.annotations.Nullable;

/** Looks after one mint on a thread of its own: a slow mint keeps nobody waiting but itself. */
final class MintWorker {

    private static final Duration AFTER_A_HINT = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int DUE = 100;

    private final MintSession mint;
    private final Claims claims;
    private final Exchanges exchanges;
    private final Recovery recovery;
    private final Spending spending;
    private final Consolidation consolidation;
    private final Set<String> units;
    private final WalletStore store;
    private final Duration interval;
    private final InstantSource clock;
    private final RandomGenerator random;
    // One place: any number of hints is one look.
    private final BlockingQueue<Boolean> hints = new ArrayBlockingQueue<>(1);
    private final AtomicLong claimed = new AtomicLong();
    private volatile Optional<String> problem = Optional.empty();
    private volatile Optional<Instant> lastGood = Optional.empty();
    private volatile boolean stopping;
    private int failures;
    private @Nullable Thread thread;

    MintWorker(
            MintSession mint,
            Claims claims,
            Exchanges exchanges,
            Recovery recovery,
            Spending spending,
            Consolidation consolidation,
            Set<String> units,
            WalletStore store,
            Duration interval,
            InstantSource clock,
            RandomGenerator random) {
        this.mint = mint;
        this.claims = claims;
        this.exchanges = exchanges;
        this.recovery = recovery;
        this.spending = spending;
        this.consolidation = consolidation;
        this.units = units;
        this.store = store;
        this.interval = interval;
        this.clock = clock;
        this.random = random;
    }

    synchronized void start() {
        thread = Thread.ofVirtual().name("wallet-" + mint.url()).start(this::work);
    }

    /** Ends after what is under way; a request that has no answer is given up, and sent again at the next start. */
    synchronized void stop() {
        stopping = true;
        Thread working = thread;
        if (working != null) {
            working.interrupt();
            try {
                working.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** There may be something new at this mint. Never waits. */
    void hint() {
        hints.offer(true);
    }

    MintStatus status() {
        return new MintStatus(mint.url(), problem, lastGood, claimed.get());
    }

    private void work() {
        while (!stopping) {
            try {
                pass();
            } catch (MintException e) {
                // The pass has noted it.
            } catch (RuntimeException e) {
                if (!stopping) {
                    failed(e);
                }
            }
            if (!stopping) {
                pause();
            }
        }
    }

    private void failed(RuntimeException failure) {
        failures++;
        problem = Optional.of("the wallet itself failed: " + failure.getClass().getSimpleName());
        WalletEvents.passFailed(mint.url(), failure);
    }

    private void pause() {
        try {
            if (failures > 0) {
                long most = Math.min(LONGEST_PAUSE.toMillis(), 1_000L << Math.min(failures, 9));
                Thread.sleep(random.nextLong(most / 2, most + 1));
            } else if (hints.poll(jittered(interval).toMillis(), TimeUnit.MILLISECONDS) != null) {
                // Shares come in a row: their quotes are one batch.
                Thread.sleep(AFTER_A_HINT);
                hints.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration jittered(Duration duration) {
        return Duration.ofMillis(random.nextLong(duration.toMillis() * 3 / 4, duration.toMillis() * 5 / 4 + 1));
    }

    /**
     * Resumes what is open, claims what there is, and looks at what was sent.
     *
     * @return how many quotes were minted from
     * @throws MintException if the mint fails
     */
    synchronized int pass() {
        try {
            mint.info();
            recovery.run(mint);
            resume();
            int count = claims.run();
            claimed.addAndGet(count);
            spending.look(mint);
            for (String unit : units) {
                consolidation.run(mint, unit);
            }
            if (failures > 0) {
                WalletEvents.mintRecovered(mint.url());
            }
            failures = 0;
            problem = Optional.empty();
            lastGood = Optional.of(clock.instant());
            return count;
        } catch (MintException e) {
            if (failures++ == 0) {
                WalletEvents.mintTroubled(mint.url(), e.problem());
            }
            problem = Optional.of(e.problem());
            throw e;
        }
    }

    private void resume() {
        for (Operation operation : store.transact(
                Isolation.READ_COMMITTED, sql -> new OperationTable(sql).due(mint.url(), clock.instant(), DUE))) {
            try {
                exchanges.attempt(operation.id());
            } catch (MintRefusedException e) {
                // It is postponed; the others are tried.
            }
        }
    }
}
