package org.ehashpool.wallet.operation;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.json.StateMessages.SpentState;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.wallet.BlindedSecret;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.event.WalletEvents;
import org.ehashpool.wallet.key.LockingKeys;
import org.ehashpool.wallet.mint.MintException;
import org.ehashpool.wallet.mint.MintFaultException;
import org.ehashpool.wallet.mint.MintRefusedException;
import org.ehashpool.wallet.session.MintSession;
import org.ehashpool.wallet.session.Mints;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.OperationKind;
import org.ehashpool.wallet.store.OperationState;
import org.ehashpool.wallet.store.OperationTable;
import org.ehashpool.wallet.store.OutputTable;
import org.ehashpool.wallet.store.PlannedOutput;
import org.ehashpool.wallet.store.ProofState;
import org.ehashpool.wallet.store.ProofTable;
import org.ehashpool.wallet.store.QuoteTable;
import org.ehashpool.wallet.store.WalletStore;
import org.jooq.DSLContext;

/**
 * Brings open operations to their end. Whatever happens between the request and its answer, the operation stays open
 * with the same outputs; only the mint's own word closes it.
 */
public final class Exchanges {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int LOCKS = 64;

    /** Refusals that a mint may give for one quote, whatever the others are. */
    private static final Set<ErrorCode> OF_QUOTES = Set.of(
            ErrorCode.QUOTE_NOT_PAID,
            ErrorCode.QUOTE_ISSUED,
            ErrorCode.QUOTE_PENDING,
            ErrorCode.QUOTE_EXPIRED,
            ErrorCode.QUOTE_SIGNATURE_INVALID,
            ErrorCode.QUOTE_KEY_REQUIRED,
            ErrorCode.DUPLICATE_QUOTES,
            ErrorCode.MAX_BATCH_SIZE_EXCEEDED,
            ErrorCode.AMOUNT_OUTSIDE_LIMIT,
            ErrorCode.UNIT_MISMATCH,
            ErrorCode.MULTIPLE_UNITS,
            ErrorCode.TRANSACTION_UNBALANCED);

    private final WalletStore store;
    private final WalletSeed seed;
    private final LockingKeys keys;
    private final Mints mints;
    private final Recovery recovery;
    private final InstantSource clock;
    private final SecureRandom random;
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    /** Operations of a wallet. */
    public Exchanges(
            WalletStore store,
            WalletSeed seed,
            LockingKeys keys,
            Mints mints,
            Recovery recovery,
            InstantSource clock,
            SecureRandom random) {
        this.store = store;
        this.seed = seed;
        this.keys = keys;
        this.mints = mints;
        this.recovery = recovery;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Asks the mint, and takes its answer.
     *
     * @return the operation as it is then: done, or failed for good
     * @throws MintException when it stays open, to be tried again
     */
    public Operation attempt(UUID id) {
        ReentrantLock lock = locks.get(Math.floorMod(id.hashCode(), LOCKS));
        lock.lock();
        try {
            return attemptAlone(id);
        } finally {
            lock.unlock();
        }
    }

    private Operation attemptAlone(UUID id) {
        Exchange exchange = load(id);
        if (exchange.operation().state() != OperationState.OPEN) {
            return exchange.operation();
        }
        try {
            MintSession mint = mints.find(exchange.operation().mint())
                    .orElseThrow(() -> new MintFaultException("the mint is not trusted any more"));
            return exchangeWith(mint, exchange, true);
        } catch (MintException e) {
            postpone(exchange.operation(), e.problem());
            throw e;
        }
    }

    private Operation exchangeWith(MintSession mint, Exchange exchange, boolean again) {
        try {
            return finish(exchange, LostAnswer.worth(mint, exchange, ask(mint, exchange)));
        } catch (MintRefusedException refusal) {
            return switch (LostAnswer.seek(mint, exchange)) {
                case LostAnswer.CarriedOut(Exchange.Outcome outcome) -> finish(exchange, outcome);
                case LostAnswer.Reused() -> {
                    WalletEvents.outputsReused(exchange.operation());
                    recovery.reused(mint, exchange.operation());
                    yield withNewOutputs(mint, exchange, refusal, again);
                }
                case LostAnswer.None() -> refused(mint, exchange, refusal, again);
            };
        }
    }

    private Operation refused(MintSession mint, Exchange exchange, MintRefusedException refusal, boolean again) {
        if (again && (refusal.is(ErrorCode.KEYSET_INACTIVE) || refusal.is(ErrorCode.KEYSET_EXPIRED))) {
            mint.refresh();
            return withNewOutputs(mint, exchange, refusal, true);
        }
        if (again && refusal.is(ErrorCode.OUTPUTS_SIGNED)) {
            return withNewOutputs(mint, exchange, refusal, true);
        }
        return exchange.operation().kind() == OperationKind.CLAIM
                ? refusedClaim(mint, exchange, refusal)
                : refusedSwap(mint, exchange, refusal);
    }

    private Operation withNewOutputs(MintSession mint, Exchange exchange, MintRefusedException refusal, boolean again) {
        renew(mint, exchange);
        if (!again) {
            throw refusal;
        }
        return exchangeWith(mint, load(exchange.operation().id()), false);
    }

    private Exchange load(UUID id) {
        return store.transact(Isolation.REPEATABLE_READ, sql -> {
            Operation operation = new OperationTable(sql)
                    .find(id)
                    .orElseThrow(() ->
                            new OperationException(OperationException.Reason.UNKNOWN, "there is no operation " + id));
            List<PlannedOutput> planned = new OutputTable(sql).of(id);
            List<BlindedSecret> secrets = planned.stream()
                    .map(output -> seed.derive(output.keyset(), output.counter()))
                    .toList();
            return new Exchange(
                    operation, planned, secrets, new ProofTable(sql).inputs(id), new QuoteTable(sql).of(id));
        });
    }

    private List<BlindSignature> ask(MintSession mint, Exchange exchange) {
        return exchange.operation().kind() == OperationKind.CLAIM
                ? new ClaimRequest(exchange, keys, random).send(mint.api())
                : mint.api().swap(exchange.inputs(), exchange.outputs());
    }

    private Operation finish(Exchange exchange, Exchange.Outcome outcome) {
        UUID id = exchange.operation().id();
        Instant now = clock.instant();
        boolean first = store.transact(Isolation.READ_COMMITTED, sql -> {
            if (!isOpen(sql, id)) {
                return false;
            }
            ProofTable proofs = new ProofTable(sql);
            proofs.add(id, outcome.kept(), ProofState.UNSPENT, now);
            proofs.add(id, outcome.sent(), ProofState.RESERVED, now);
            if (!exchange.inputs().isEmpty()) {
                proofs.spent(exchange.inputs(), now);
            }
            new QuoteTable(sql).claimed(id);
            new OperationTable(sql).done(id, exchange.operation().amount(), now);
            return true;
        });
        if (first && exchange.operation().kind() == OperationKind.CLAIM) {
            WalletEvents.claimed(exchange.operation(), exchange.quotes().size());
        } else if (first) {
            WalletEvents.done(exchange.operation(), exchange.operation().amount());
        }
        return find(id);
    }

    private static boolean isOpen(DSLContext sql, UUID id) {
        return new OperationTable(sql)
                .lock(id)
                .filter(operation -> operation.state() == OperationState.OPEN)
                .isPresent();
    }

    /** Outputs of the keyset that signs now, for those that no one will ever sign. */
    private void renew(MintSession mint, Exchange exchange) {
        UUID id = exchange.operation().id();
        Keyset keyset = mint.active(exchange.operation().unit());
        List<Amount> kept = split(exchange, keyset, false);
        List<Amount> sent = split(exchange, keyset, true);
        store.transact(Isolation.READ_COMMITTED, sql -> {
            if (isOpen(sql, id)) {
                OutputTable outputs = new OutputTable(sql);
                outputs.remove(id);
                outputs.add(id, keyset.id(), kept, sent);
            }
            return true;
        });
    }

    private static List<Amount> split(Exchange exchange, Keyset keyset, boolean sent) {
        Amount sum = Amount.sum(exchange.planned().stream()
                        .filter(output -> output.sent() == sent)
                        .map(PlannedOutput::amount)
                        .toList())
                .orElseThrow();
        return Denominations.split(sum, keyset.keys());
    }

    /** A batch may be refused for one of its quotes: then each is tried by itself. One that is by itself waits. */
    private Operation refusedClaim(MintSession mint, Exchange exchange, MintRefusedException refusal) {
        boolean ofQuotes =
                refusal.code().isEmpty() || OF_QUOTES.contains(refusal.code().get());
        boolean issued = refusal.is(ErrorCode.QUOTE_ISSUED);
        if (!ofQuotes || (exchange.quotes().size() == 1 && !issued)) {
            throw refusal;
        }
        if (issued) {
            recovery.seek(mint);
        }
        UUID id = exchange.operation().id();
        Instant now = clock.instant();
        store.transact(Isolation.READ_COMMITTED, sql -> {
            if (isOpen(sql, id)) {
                new QuoteTable(sql).part(id, refusal.problem());
                new OperationTable(sql).failed(id, refusal.problem(), now);
            }
            return true;
        });
        WalletEvents.batchParted(exchange.operation(), exchange.quotes().size(), refusal.problem());
        return find(id);
    }

    private Operation refusedSwap(MintSession mint, Exchange exchange, MintRefusedException refusal) {
        List<PublicKey> ys = exchange.inputs().stream().map(Proof::y).toList();
        List<SpentState> states = mint.api().states(ys);
        if (states.contains(SpentState.PENDING)) {
            throw refusal;
        }
        List<Proof> spent = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i) == SpentState.SPENT) {
                spent.add(exchange.inputs().get(i));
            }
        }
        if (!spent.isEmpty()) {
            recovery.seek(mint);
        }
        if (refusal.is(ErrorCode.MAX_INPUTS_EXCEEDED)) {
            mint.refusedInputs(exchange.inputs().size());
        }
        UUID id = exchange.operation().id();
        Instant now = clock.instant();
        store.transact(Isolation.READ_COMMITTED, sql -> {
            if (isOpen(sql, id)) {
                ProofTable proofs = new ProofTable(sql);
                if (!spent.isEmpty()) {
                    proofs.spent(spent, now);
                }
                proofs.release(id, now);
                new OperationTable(sql).failed(id, refusal.problem(), now);
            }
            return true;
        });
        WalletEvents.failed(exchange.operation(), refusal.problem());
        return find(id);
    }

    private void postpone(Operation operation, String problem) {
        int attempts = operation.attempts() + 1;
        long most = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(attempts, 12));
        long pause = random.nextLong(most / 2, most + 1);
        Instant now = clock.instant();
        store.transact(Isolation.READ_COMMITTED, sql -> {
            new OperationTable(sql).postpone(operation.id(), attempts, now.plusMillis(pause), problem, now);
            return true;
        });
        WalletEvents.postponed(operation, problem, pause / 1000);
    }

    private Operation find(UUID id) {
        return store.transact(
                Isolation.READ_COMMITTED,
                sql -> new OperationTable(sql).find(id).orElseThrow());
    }
}
