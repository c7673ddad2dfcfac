package org.ehashpool.wallet.operation;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.json.StateMessages.SpentState;
import org.ehashpool.cashu.json.SwapMessages.RestoreAnswer;
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
            InstantSource clock,
            SecureRandom random) {
        this.store = store;
        this.seed = seed;
        this.keys = keys;
        this.mints = mints;
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
            return finish(exchange, worth(mint, exchange, ask(mint, exchange)));
        } catch (MintRefusedException refusal) {
            Optional<List<BlindSignature>> before = seek(mint, exchange);
            if (before.isPresent()) {
                return finish(exchange, worth(mint, exchange, before.get()));
            }
            if (again && (refusal.is(ErrorCode.KEYSET_INACTIVE) || refusal.is(ErrorCode.KEYSET_EXPIRED))) {
                mint.refresh();
                renew(mint, exchange);
                return exchangeWith(mint, load(exchange.operation().id()), false);
            }
            return exchange.operation().kind() == OperationKind.CLAIM
                    ? refusedClaim(exchange, refusal)
                    : refusedSwap(mint, exchange, refusal);
        }
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

    /** What the mint has signed already of these outputs: all of them, or nothing. */
    private static Optional<List<BlindSignature>> seek(MintSession mint, Exchange exchange) {
        List<BlindedMessage> outputs = exchange.outputs();
        RestoreAnswer answer = mint.api().restore(outputs);
        List<PublicKey> signed =
                answer.outputs().stream().map(BlindedMessage::point).toList();
        if (signed.isEmpty()) {
            return Optional.empty();
        }
        List<BlindSignature> signatures = new ArrayList<>();
        for (BlindedMessage output : outputs) {
            int index = signed.indexOf(output.point());
            if (index < 0) {
                throw new MintFaultException("the mint has signed a part of a request");
            }
            signatures.add(answer.signatures().get(index));
        }
        return Optional.of(signatures);
    }

    private static Exchange.Outcome worth(MintSession mint, Exchange exchange, List<BlindSignature> signatures) {
        var keysets =
                mint.find(exchange.planned().stream().map(PlannedOutput::keyset).collect(Collectors.toSet()));
        List<Proof> kept = new ArrayList<>();
        List<Proof> sent = new ArrayList<>();
        for (int i = 0; i < signatures.size(); i++) {
            PlannedOutput output = exchange.planned().get(i);
            Keyset keyset = keysets.get(output.keyset());
            Proof proof = keyset == null
                    ? null
                    : proof(exchange.secrets().get(i), output, signatures.get(i), keyset)
                            .orElse(null);
            if (proof == null) {
                throw new MintFaultException("signature " + i + " is not by the published key of its amount");
            }
            (output.sent() ? sent : kept).add(proof);
        }
        return new Exchange.Outcome(kept, sent);
    }

    private static Optional<Proof> proof(
            BlindedSecret secret, PlannedOutput output, BlindSignature signature, Keyset keyset) {
        if (!signature.amount().equals(output.amount())) {
            return Optional.empty();
        }
        try {
            return secret.unblind(signature, keyset);
        } catch (IllegalArgumentException e) {
            throw new MintFaultException("a blind signature: " + e.getMessage());
        }
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
    private Operation refusedClaim(Exchange exchange, MintRefusedException refusal) {
        boolean ofQuotes =
                refusal.code().isEmpty() || OF_QUOTES.contains(refusal.code().get());
        boolean issued = refusal.is(ErrorCode.QUOTE_ISSUED);
        if (!ofQuotes || (exchange.quotes().size() == 1 && !issued)) {
            throw refusal;
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
