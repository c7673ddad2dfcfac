package org.ehashpool.mint.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.mint.issue.IssueRequest;
import org.ehashpool.mint.keyset.MintKeyset;
import org.ehashpool.mint.keyset.SeedKeys;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.quote.OrderAnswer;
import org.ehashpool.mint.quote.QuoteOrder;
import org.ehashpool.mint.store.StoredQuote;
import org.ehashpool.mint.swap.SwapRequest;
import org.ehashpool.mint.work.Limits;
import org.ehashpool.mint.work.StepWatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A mint on an empty database, a wallet, and a pool that orders quotes. */
abstract class MintScenario {

    static final byte[] SEED = HexFormat.of().parseHex("7e".repeat(64));
    static final String UNIT = "hash";

    /** Leaves nothing of any mint. */
    static final String TRUNCATE =
            "truncate mint_status, unit, keyset, mint_quote, operation, quote_issue, blind_signature,"
                    + " spent_proof, melt_quote, paid_invoice, melt_change, ledger_total, ledger_delta restart identity";

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final TestClock clock = new TestClock();
    final TestWallet wallet = new TestWallet(1);
    final SecureRandom random = new SecureRandom();
    final byte[] minerSecret = wallet.scalar();
    final PublicKey miner = TestWallet.publicKey(minerSecret);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private @Nullable Database database;
    private @Nullable Mint mint;

    @BeforeEach
    protected void startFromNothing() throws Exception {
        database = openDatabase();
        TestServer.execute(TRUNCATE);
        mint = openMint(database);
    }

    @AfterEach
    protected void close() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    final Database openDatabase() throws Exception {
        Database made = TestServer.open(meters);
        opened.add(made);
        return made;
    }

    /** Another process of the same mint, as far as the database can tell. */
    final Mint openMint(Database on) {
        return openMint(on, StepWatch.NONE);
    }

    final Mint openMint(Database on, StepWatch steps) {
        Mint made = Mint.open(on, new SeedKeys(SEED), profile(), surroundings(steps), paymentDelay());
        opened.add(made);
        return made;
    }

    /** What kind of mint it is. */
    protected MintProfile profile() {
        return MintProfile.EHASH;
    }

    /** After which invoices pay themselves. */
    protected Duration paymentDelay() {
        return Duration.ZERO;
    }

    Mint.Surroundings surroundings(StepWatch steps) {
        return new Mint.Surroundings(Limits.DEFAULT, 1024, 2, clock, System::nanoTime, random, steps);
    }

    final Database database() {
        return Objects.requireNonNull(database);
    }

    final Mint mint() {
        return Objects.requireNonNull(mint);
    }

    final MintKeyset active() {
        return mint().keysets().active().getFirst();
    }

    MintKeyset rotate() throws Exception {
        await(mint().operate(operator -> operator.rotate(UNIT, 0, OptionalLong.empty())));
        return active();
    }

    String newShare() {
        return wallet.secret();
    }

    QuoteOrder order(long amount) {
        return order(newShare(), amount);
    }

    QuoteOrder order(String share, long amount) {
        return new QuoteOrder(share, 1, Amount.of(amount), UNIT, miner, clock.instant());
    }

    StoredQuote quote(long amount) throws Exception {
        OrderAnswer answer =
                await(mint().createPaidQuotes(List.of(order(amount)))).getFirst();
        assertThat(answer).isInstanceOf(OrderAnswer.Quoted.class);
        return ((OrderAnswer.Quoted) answer).quote();
    }

    IssueRequest request(StoredQuote quote, List<TestWallet.Output> outputs) {
        return IssueRequest.single(
                "ehash",
                quote.id(),
                TestWallet.messages(outputs),
                Optional.of(Signing.forQuote(quote.id().toString(), TestWallet.messages(outputs), minerSecret)));
    }

    IssueRequest.Part part(StoredQuote quote, Optional<Amount> amount, List<TestWallet.Output> outputs) {
        return new IssueRequest.Part(
                quote.id(),
                amount,
                Optional.of(Signing.forQuote(quote.id().toString(), TestWallet.messages(outputs), minerSecret)));
    }

    String lookupSignature(PublicKey mintKey, long timestamp) {
        return Signing.forLookup(mintKey, minerSecret, timestamp);
    }

    /** Proofs of these amounts, minted from a quote of their sum. */
    List<Proof> proofs(long... amounts) throws Exception {
        long sum = 0;
        for (long amount : amounts) {
            sum += amount;
        }
        MintKeyset keyset = active();
        List<TestWallet.Output> outputs = wallet.outputs(keyset, amounts);
        return TestWallet.proofs(keyset, outputs, done(mint().mint(request(quote(sum), outputs))));
    }

    static SwapRequest swap(List<Proof> inputs, List<TestWallet.Output> outputs) {
        return new SwapRequest(inputs, TestWallet.messages(outputs));
    }

    List<BlindSignature> swapped(List<Proof> inputs, List<TestWallet.Output> outputs) throws Exception {
        return done(mint().swap(swap(inputs, outputs)));
    }

    static <T> T done(Future<Outcome<T>> future) throws Exception {
        return switch (await(future)) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.Refused<T> refused -> throw new AssertionError("refused: " + refused.refusal());
        };
    }

    static ErrorCode refused(Future<? extends Outcome<?>> future) throws Exception {
        return switch (await(future)) {
            case Outcome.Done<?> done -> throw new AssertionError("done: " + done.value());
            case Outcome.Refused<?> refused -> refused.refusal().code();
        };
    }

    static <T> T await(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /**
     * The books agree with themselves and with the rows: what was issued was signed; what was signed beyond that was
     * spent before, but for fees.
     */
    static void assertBooksBalance() throws Exception {
        TestServer.assertNoRow("a quote's counter is the sum of what was minted from it", """
                select id from mint_quote left join (select quote, sum(amount) as amount from quote_issue group by quote) i
                    on i.quote = id where amount_issued <> coalesce(i.amount, 0)""");
        TestServer.assertNoRow("an operation that mints signs what it takes from its quotes", """
                select operation from (select operation, sum(amount) as amount from quote_issue group by operation) i
                left join (select operation, sum(amount) as amount from blind_signature group by operation) s
                    using (operation) where i.amount <> coalesce(s.amount, 0)""");
        TestServer.assertNoRow("an operation that swaps signs what it spends, less its fee", """
                select id from operation
                left join (select operation, sum(amount) as amount from blind_signature group by operation) s
                    on s.operation = id
                left join (select operation, sum(amount) as amount from spent_proof group by operation) p
                    on p.operation = id
                where kind = 'swap' and coalesce(s.amount, 0) > coalesce(p.amount, 0)""");
        TestServer.assertNoRow("the ledger's sums are those of the rows", """
                        select * from (select coalesce(sum(paid), 0) paid, coalesce(sum(issued), 0) issued,
                            coalesce(sum(signed), 0) signed, coalesce(sum(spent), 0) spent, coalesce(sum(fees), 0) fees,
                            coalesce(sum(melted), 0) melted
                            from (select paid, issued, signed, spent, fees, melted from ledger_total union all
                                  select paid, issued, signed, spent, fees, melted from ledger_delta) l) l
                        where paid <> (select coalesce(sum(amount_paid), 0) from mint_quote)
                           or issued <> (select coalesce(sum(amount_issued), 0) from mint_quote)
                           or signed <> (select coalesce(sum(amount), 0) from blind_signature)
                           or spent <> (select coalesce(sum(amount), 0) from spent_proof)
                           or melted <> (select coalesce(sum(amount + fee_paid), 0) from melt_quote where paid_at is not null)
                           or issued <> signed - spent + fees + melted""");
        TestServer.assertNoRow(
                "an invoice that is paid is paid for one quote",
                "select payment_hash from melt_quote where paid_at is not null group by payment_hash having count(*) > 1"
                        + " or (select count(*) from paid_invoice p where p.payment_hash = melt_quote.payment_hash) <> 1");
    }

    /** How often a transaction was begun again, for a deadlock for instance. */
    double retries() {
        return meters.find("ehash.database.retries").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }
}
