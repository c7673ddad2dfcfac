package org.ehashpool.mint.core;

import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.mint.audit.Audit;
import org.ehashpool.mint.commit.Deeds;
import org.ehashpool.mint.commit.Questions;
import org.ehashpool.mint.issue.IssueRequest;
import org.ehashpool.mint.issue.Issues;
import org.ehashpool.mint.journal.MintJournal;
import org.ehashpool.mint.journal.MintListener;
import org.ehashpool.mint.keyset.KeyDerivation;
import org.ehashpool.mint.keyset.Keyring;
import org.ehashpool.mint.keyset.Keysets;
import org.ehashpool.mint.lookup.LookupPage;
import org.ehashpool.mint.lookup.LookupRequest;
import org.ehashpool.mint.lookup.QuoteLookup;
import org.ehashpool.mint.operate.Opening;
import org.ehashpool.mint.operate.Operator;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.payment.Payments;
import org.ehashpool.mint.quote.OrderAnswer;
import org.ehashpool.mint.quote.QuoteIds;
import org.ehashpool.mint.quote.QuoteOrder;
import org.ehashpool.mint.quote.QuoteOrders;
import org.ehashpool.mint.restore.ProofState;
import org.ehashpool.mint.restore.Recovery;
import org.ehashpool.mint.restore.Restored;
import org.ehashpool.mint.sign.Outputs;
import org.ehashpool.mint.spend.Inputs;
import org.ehashpool.mint.store.LedgerTable;
import org.ehashpool.mint.store.MintStatus;
import org.ehashpool.mint.store.QuoteTable;
import org.ehashpool.mint.store.StoredQuote;
import org.ehashpool.mint.swap.SwapRequest;
import org.ehashpool.mint.swap.Swaps;
import org.ehashpool.mint.work.CurveWorkers;
import org.ehashpool.mint.work.Limits;
import org.ehashpool.mint.work.Operations;
import org.ehashpool.mint.work.StepWatch;

/**
 * A mint on its database. May be called from any thread, event loops included: nothing here blocks but {@link #open} and
 * {@link #close}. Several mints, in one process or many, may share a database; they are one mint then.
 *
 * <p>Futures fail with {@link org.ehashpool.mint.work.MintBusyException} or
 * {@link org.ehashpool.kit.postgres.DatabaseBusyException} (not begun; ask again later), or with what the database threw:
 * then ask again, and the answer is the same as if the first had arrived.
 */
public final class Mint implements AutoCloseable {

    private final Database database;
    private final PublicKey publicKey;
    private final Limits limits;
    private final Operations operations;
    private final CurveWorkers workers;
    private final Keysets keysets;
    private final MintJournal journal = new MintJournal();
    private final Swaps swaps;
    private final Issues issues;
    private final QuoteOrders orders;
    private final QuoteLookup lookup;
    private final Recovery recovery;
    private final Opening opening;
    private final Operator operator;
    private final Audit audit;
    private final Optional<Payments> payments;
    private volatile MintStatus status;

    /**
     * What a mint is given from outside.
     *
     * @param operationLimit operations at a time
     * @param curveThreads threads for curve work
     * @param nanoTime the monotonic clock
     * @param steps is told of every step; {@link StepWatch#NONE} but in tests
     */
    public record Surroundings(
            Limits limits,
            int operationLimit,
            int curveThreads,
            InstantSource clock,
            LongSupplier nanoTime,
            SecureRandom random,
            StepWatch steps) {}

    private Mint(
            Database database,
            KeyDerivation derivation,
            Opening opening,
            MintStatus status,
            MintProfile profile,
            Surroundings given,
            Duration paymentDelay) {
        this.database = database;
        this.opening = opening;
        this.status = status;
        publicKey = derivation.mintKey();
        limits = given.limits();
        operations = new Operations(given.operationLimit());
        workers = new CurveWorkers(given.curveThreads());
        keysets = new Keysets(database, derivation, given.nanoTime());
        Inputs inputs = new Inputs(workers, given.clock());
        Outputs outputs = new Outputs(workers, given.clock());
        Questions questions = new Questions(database);
        Deeds deeds = new Deeds(database, outputs, given.clock(), given.steps());
        swaps = new Swaps(questions, deeds, keysets, inputs, outputs, limits, journal, given.steps());
        issues = new Issues(questions, deeds, keysets, outputs, workers, limits, journal, given.steps());
        orders =
                new QuoteOrders(database, keysets, new QuoteIds(given.clock(), given.random()), given.clock(), journal);
        lookup = new QuoteLookup(database, publicKey, workers, given.clock());
        recovery = new Recovery(database);
        operator = new Operator(database, derivation, keysets, given.clock());
        audit = new Audit(database, given.clock());
        payments = profile == MintProfile.TEST
                ? Optional.of(new Payments(
                        new Payments.Parts(
                                database,
                                operations,
                                keysets,
                                inputs,
                                outputs,
                                limits,
                                given.clock(),
                                given.random(),
                                journal,
                                given.steps()),
                        profile.units().getFirst(),
                        paymentDelay))
                : Optional.empty();
    }

    /**
     * Opens the mint on its database: makes it its own at the first start, refuses another's, and turns read-only when
     * the database may lack commits. Blocks.
     *
     * @throws org.ehashpool.mint.operate.MintRefusedException when the database is another mint's
     */
    public static Mint open(
            Database database, KeyDerivation derivation, MintProfile profile, Surroundings surroundings) {
        return open(database, derivation, profile, surroundings, Duration.ZERO);
    }

    /**
     * As {@link #open(Database, KeyDerivation, MintProfile, Surroundings)}.
     *
     * @param paymentDelay after which the test profile's invoices pay themselves
     */
    public static Mint open(
            Database database,
            KeyDerivation derivation,
            MintProfile profile,
            Surroundings surroundings,
            Duration paymentDelay) {
        Opening opening = new Opening(database, derivation, surroundings.clock());
        MintStatus status = opening.open(profile.label(), profile.units());
        Mint mint = new Mint(database, derivation, opening, status, profile, surroundings, paymentDelay);
        try {
            mint.keysets.read();
        } catch (RuntimeException e) {
            mint.close();
            throw e;
        }
        return mint;
    }

    /** Its public key: NUT-06's, and the one that identifies it to pools. */
    public PublicKey publicKey() {
        return publicKey;
    }

    public Limits limits() {
        return limits;
    }

    /** All keysets, as of a second ago at most. */
    public Keyring keysets() {
        return keysets.current();
    }

    /** What all processes of the mint agree on, as of a second ago at most. */
    public MintStatus status() {
        return status;
    }

    /** Operations under way. */
    public int running() {
        return operations.running();
    }

    /** Tells the listener what this process commits from now on. */
    public void listen(MintListener listener) {
        journal.listen(listener);
    }

    /** NUT-03. */
    public Future<Outcome<List<BlindSignature>>> swap(SwapRequest request) {
        return operations.run(() -> swaps.swap(request));
    }

    /** NUT-04 and NUT-29: mints from quotes that are paid. */
    public Future<Outcome<List<BlindSignature>>> mint(IssueRequest request) {
        return operations.run(() -> issues.mint(request));
    }

    /**
     * Makes quotes of the method {@code ehash}, paid already; for pools alone.
     *
     * @param placed at most {@link QuoteOrders#MAXIMUM}, in one transaction
     * @return an answer for each, in their order
     */
    public Future<List<OrderAnswer>> createPaidQuotes(List<QuoteOrder> placed) {
        return operations.run(() -> orders.place(placed));
    }

    /** The method's quotes of these ids, those that there are, by id. */
    public Future<Map<UUID, StoredQuote>> quotes(String method, Collection<UUID> ids) {
        return operations.run(() -> {
            Map<UUID, StoredQuote> found = new LinkedHashMap<>(
                    database.transactBlocking(Isolation.READ_COMMITTED, sql -> new QuoteTable(sql).find(ids)));
            found.values().removeIf(quote -> !quote.method().equals(method));
            return found;
        });
    }

    /** One quote of a method. */
    public Future<Optional<StoredQuote>> quote(String method, UUID id) {
        return quotes(method, List.of(id)).map(found -> Optional.ofNullable(found.get(id)));
    }

    /** Quotes by the keys they are locked to. */
    public Future<Outcome<LookupPage>> lookup(LookupRequest request) {
        return operations.run(() -> lookup.find(request));
    }

    /** NUT-07. */
    public Future<Outcome<List<ProofState>>> states(List<PublicKey> ys) {
        return operations.run(() -> recovery.states(ys));
    }

    /** NUT-09. */
    public Future<Outcome<Restored>> restore(List<BlindedMessage> outputs) {
        return operations.run(() -> recovery.restore(outputs));
    }

    /** Invoices, and payments of them; in the test profile only. */
    public Optional<Payments> payments() {
        return payments;
    }

    /** A command or report of the operator, off the caller's thread. */
    public <T> Future<T> operate(Function<Operator, T> command) {
        return operations.run(() -> command.apply(operator));
    }

    /** What an auditor asks, off the caller's thread. */
    public <T> Future<T> audit(Function<Audit, T> question) {
        return operations.run(() -> question.apply(audit));
    }

    /**
     * Looks for what other processes and operators have changed, and folds what was added to the ledger. To be called
     * about once a second.
     */
    public Future<MintStatus> upkeep() {
        return operations.run(() -> {
            status = opening.look();
            keysets.read();
            payments.ifPresent(Payments::payDue);
            database.transactBlocking(Isolation.READ_COMMITTED, sql -> new LedgerTable(sql).fold());
            return status;
        });
    }

    /** Finishes what is under way. The database stays open: it was open before. Blocks. */
    @Override
    public void close() {
        operations.close();
        workers.close();
    }
}
