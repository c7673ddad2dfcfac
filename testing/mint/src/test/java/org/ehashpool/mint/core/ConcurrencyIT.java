package org.ehashpool.mint.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.mint.issue.IssueRequest;
import org.ehashpool.mint.keyset.MintKeyset;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.store.StoredQuote;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two processes of one mint, and many threads that want the same. */
final class ConcurrencyIT extends MintScenario {

    private static final int THREADS = 64;

    /** How many mixed operations; more by {@code -Dmint.mixed.operations=100000}. */
    private static final int MIXED = Integer.getInteger("mint.mixed.operations", 3_000);

    @AfterEach
    void books() throws Exception {
        assertBooksBalance();
    }

    @Test
    void shouldSpendAProofOnceWhenManyThreadsAndTwoProcessesTry() throws Exception {
        List<Proof> inputs = proofs(8, 4);
        Mint other = openMint(openDatabase());

        List<Outcome<List<BlindSignature>>> outcomes = together(thread -> {
            List<Proof> mine = thread % 2 == 0 ? inputs : inputs.reversed();
            return (thread % 3 == 0 ? mint() : other).swap(swap(mine, wallet.outputs(active(), 8, 4)));
        });

        assertOneDone(outcomes, ErrorCode.PROOFS_SPENT);
    }

    @Test
    void shouldMintAQuoteOnceWhenManyWantItForDifferentOutputs() throws Exception {
        StoredQuote quote = quote(8);
        Mint other = openMint(openDatabase());

        List<Outcome<List<BlindSignature>>> outcomes = together(
                thread -> (thread % 3 == 0 ? mint() : other).mint(request(quote, wallet.outputs(active(), 8))));

        assertOneDone(outcomes, ErrorCode.QUOTE_ISSUED);
    }

    @Test
    void shouldAnswerAllTheSameWhenTheSameRequestComesManyTimesAtOnce() throws Exception {
        StoredQuote quote = quote(12);
        List<TestWallet.Output> outputs = wallet.outputs(active(), 8, 4);
        IssueRequest request = request(quote, outputs);
        Mint other = openMint(openDatabase());

        List<Outcome<List<BlindSignature>>> minted =
                together(thread -> (thread % 2 == 0 ? mint() : other).mint(request));
        assertThat(minted).allMatch(outcome -> outcome.equals(minted.getFirst()) && outcome instanceof Outcome.Done<?>);

        List<Proof> inputs =
                TestWallet.proofs(active(), outputs, ((Outcome.Done<List<BlindSignature>>) minted.getFirst()).value());
        var swap = swap(inputs, wallet.outputs(active(), 4, 8));
        List<Outcome<List<BlindSignature>>> swapped = together(thread -> (thread % 2 == 0 ? mint() : other).swap(swap));
        assertThat(swapped)
                .allMatch(outcome -> outcome.equals(swapped.getFirst()) && outcome instanceof Outcome.Done<?>);
    }

    @Test
    void shouldFailNoneButTheLosersWhenManyAreCommittedTogether() throws Exception {
        List<Proof> wanted = proofs(8);
        List<List<Proof>> own = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            own.add(proofs(4));
        }
        List<TestWallet.Output> contested = wallet.outputs(active(), 4);

        // A third wants the same proof, a third the same output, a third has nothing to do with either.
        List<Outcome<List<BlindSignature>>> outcomes = together(thread -> switch (thread % 3) {
            case 0 -> mint().swap(swap(wanted, wallet.outputs(active(), 8)));
            case 1 -> mint().swap(swap(own.get(thread), contested));
            default -> mint().swap(swap(own.get(thread), wallet.outputs(active(), 4)));
        });

        List<List<Outcome<List<BlindSignature>>>> thirds =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < THREADS; i++) {
            thirds.get(i % 3).add(outcomes.get(i));
        }
        assertThat(thirds.get(0)).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
        assertThat(thirds.get(1)).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
        assertThat(thirds.get(2)).allMatch(Outcome.Done.class::isInstance);
        assertThat(retries()).isZero();
    }

    @Test
    void shouldMintEachOfManyQuotesOnceWhenBatchesOverlap() throws Exception {
        List<StoredQuote> quotes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            quotes.add(quote(2));
        }
        Mint other = openMint(openDatabase());

        List<Outcome<List<BlindSignature>>> outcomes = together(thread -> {
            List<StoredQuote> mine = new ArrayList<>(quotes);
            Collections.shuffle(mine, new Random(thread));
            List<TestWallet.Output> outputs = wallet.outputs(active(), 2, 2, 2, 2);
            List<IssueRequest.Part> parts = mine.subList(0, 4).stream()
                    .map(quote -> part(quote, Optional.empty(), outputs))
                    .toList();
            return (thread % 2 == 0 ? mint() : other)
                    .mint(new IssueRequest("ehash", parts, TestWallet.messages(outputs), true));
        });

        long done = outcomes.stream().filter(Outcome.Done.class::isInstance).count();
        assertThat(done).isBetween(1L, 2L);
    }

    @Test
    void shouldNeitherDeadlockNorLoseWhenOperationsAreMixed() throws Exception {
        List<Mint> mints = List.of(mint(), openMint(openDatabase()));
        ConcurrentLinkedDeque<Proof> purse = new ConcurrentLinkedDeque<>();
        AtomicInteger left = new AtomicInteger(MIXED);
        AtomicInteger failures = new AtomicInteger();
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<java.util.concurrent.Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int seed = i;
                running.add(threads.submit(() -> {
                    Random choice = new Random(seed);
                    for (int n = left.getAndDecrement(); n > 0; n = left.getAndDecrement()) {
                        Mint at = mints.get(choice.nextInt(2));
                        if (n % 500 == 0) {
                            await(at.operate(operator -> operator.rotate(UNIT, 0, OptionalLong.empty())));
                            await(at.upkeep());
                        }
                        if (!step(at, choice, purse)) {
                            failures.incrementAndGet();
                        }
                    }
                    return seed;
                }));
            }
            for (java.util.concurrent.Future<?> one : running) {
                one.get();
            }
        }

        System.out.printf(
                "%d mixed operations in %d s, %d of them refused; done: %s%n",
                MIXED,
                (System.nanoTime() - began) / 1_000_000_000,
                failures.get(),
                database()
                        .transactBlocking(
                                Isolation.READ_COMMITTED,
                                sql -> sql.fetch("select kind, count(*) from operation group by kind order by kind")
                                        .intoMap(0, 1)
                                        .toString()));
        assertThat(retries()).as("transactions that were begun again").isZero();
        // Many spend what another has spent, and some meet a rotation; most do not.
        assertThat(failures.get()).isLessThan(MIXED / 2);
        assertThat(purse).isNotEmpty();
    }

    /** Mints, swaps or spends twice; whether the mint did it. */
    private boolean step(Mint at, Random choice, ConcurrentLinkedDeque<Proof> purse) throws Exception {
        MintKeyset keyset = at.keysets().active().getFirst();
        if (choice.nextInt(3) == 0 || purse.size() < 20) {
            List<TestWallet.Output> outputs = wallet.outputs(keyset, 8, 4, 2, 1);
            StoredQuote quote = quote(15);
            return collect(keyset, outputs, await(at.mint(request(quote, outputs))), purse);
        }
        List<Proof> inputs = new ArrayList<>();
        for (Proof proof = purse.poll(); proof != null && inputs.size() < 5; proof = purse.poll()) {
            inputs.add(proof);
        }
        if (inputs.isEmpty()) {
            return true;
        }
        if (choice.nextInt(4) == 0) {
            // Somebody else has them, too.
            inputs.forEach(purse::addLast);
        }
        long total = inputs.stream().mapToLong(proof -> proof.amount().toLong()).sum();
        List<TestWallet.Output> outputs = wallet.outputs(keyset, org.ehashpool.cashu.amount.Amount.of(total));
        Outcome<List<BlindSignature>> outcome = await(at.swap(swap(inputs, outputs)));
        return collect(keyset, outputs, outcome, purse);
    }

    private static boolean collect(
            MintKeyset keyset,
            List<TestWallet.Output> outputs,
            Outcome<List<BlindSignature>> outcome,
            ConcurrentLinkedDeque<Proof> purse) {
        if (outcome instanceof Outcome.Done<List<BlindSignature>> done) {
            purse.addAll(TestWallet.proofs(keyset, outputs, done.value()));
            return true;
        }
        return false;
    }

    private interface Attempt {
        Future<Outcome<List<BlindSignature>>> of(int thread) throws Exception;
    }

    private static List<Outcome<List<BlindSignature>>> together(Attempt attempt) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<java.util.concurrent.Future<Outcome<List<BlindSignature>>>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                running.add(threads.submit(() -> {
                    start.await();
                    return await(attempt.of(thread));
                }));
            }
        }
        List<Outcome<List<BlindSignature>>> outcomes = new ArrayList<>();
        for (java.util.concurrent.Future<Outcome<List<BlindSignature>>> one : running) {
            outcomes.add(one.get());
        }
        return outcomes;
    }

    private static void assertOneDone(List<Outcome<List<BlindSignature>>> outcomes, ErrorCode others) {
        assertThat(outcomes.stream().filter(Outcome.Done.class::isInstance)).hasSize(1);
        assertThat(outcomes.stream()
                        .filter(Outcome.Refused.class::isInstance)
                        .map(outcome -> ((Outcome.Refused<?>) outcome).refusal().code()))
                .hasSize(THREADS - 1)
                .containsOnly(others);
    }
}
