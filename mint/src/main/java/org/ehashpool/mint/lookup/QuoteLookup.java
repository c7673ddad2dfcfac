package org.ehashpool.mint.lookup;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.quote.LookupSignatures;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.outcome.Refusal;
import org.ehashpool.mint.store.Digest;
import org.ehashpool.mint.store.QuoteTable;
import org.ehashpool.mint.work.CurveWorkers;

/** Answers lookups by key: everything about the request is checked before the database is asked. */
public final class QuoteLookup {

    /** Keys of one request. */
    public static final int MAXIMUM_KEYS = 50;

    /** Quotes of one page. */
    public static final int MAXIMUM_PAGE = 500;

    private static final int DEFAULT_PAGE = 100;
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final Database database;
    private final PublicKey mint;
    private final CurveWorkers workers;
    private final InstantSource clock;

    /**
     * Lookups at one mint.
     *
     * @param mint the mint's public key, which the signatures cover
     */
    public QuoteLookup(Database database, PublicKey mint, CurveWorkers workers, InstantSource clock) {
        this.database = database;
        this.mint = mint;
        this.workers = workers;
        this.clock = clock;
    }

    /** A page of the keys' quotes, in an order that never changes. Blocks: for a thread that may wait. */
    public Outcome<LookupPage> find(LookupRequest request) {
        Optional<Refusal> problem = problem(request);
        if (problem.isPresent()) {
            return Outcome.refused(problem.get());
        }
        Digest query = query(request);
        Optional<QuoteTable.Position> after = request.cursor().isEmpty()
                ? Optional.of(QuoteTable.Position.START)
                : Cursor.read(request.cursor().get(), query);
        if (after.isEmpty()) {
            return Outcome.refused(ErrorCode.LOOKUP_INVALID, "the cursor is not of this query");
        }
        if (!signed(request)) {
            return Outcome.refused(ErrorCode.QUOTE_SIGNATURE_INVALID, "a key has not signed this lookup");
        }
        int limit = Math.min(request.limit().orElse(DEFAULT_PAGE), MAXIMUM_PAGE);
        List<QuoteTable.Positioned> found = database.transactBlocking(
                Isolation.READ_COMMITTED,
                sql -> new QuoteTable(sql)
                        .page(request.method(), request.keys(), request.onlyMintable(), after.get(), limit));
        Optional<String> next = found.size() < limit
                ? Optional.empty()
                : Optional.of(Cursor.write(found.getLast().position(), query));
        return Outcome.done(
                new LookupPage(found.stream().map(QuoteTable.Positioned::quote).toList(), next));
    }

    private Optional<Refusal> problem(LookupRequest request) {
        int count = request.keys().size();
        if (count == 0 || count > MAXIMUM_KEYS) {
            return refusal(ErrorCode.LOOKUP_INVALID, "1 to " + MAXIMUM_KEYS + " keys, not " + count);
        }
        if (request.signatures().size() != count) {
            return refusal(ErrorCode.LOOKUP_INVALID, "as many signatures as keys");
        }
        if (new HashSet<>(request.keys()).size() != count) {
            return refusal(ErrorCode.LOOKUP_INVALID, "a key is there twice");
        }
        if (request.limit().filter(limit -> limit < 1).isPresent()) {
            return refusal(ErrorCode.LOOKUP_INVALID, "a page has at least one quote");
        }
        long now = clock.instant().getEpochSecond();
        boolean inTime = request.timestamp() >= now - CLOCK_TOLERANCE.toSeconds()
                && request.timestamp() <= now + CLOCK_TOLERANCE.toSeconds();
        return inTime
                ? Optional.empty()
                : refusal(
                        ErrorCode.LOOKUP_INVALID,
                        "the timestamp is more than " + CLOCK_TOLERANCE.toSeconds() + " s off; it is " + now);
    }

    private boolean signed(LookupRequest request) {
        return workers
                .map(
                        IntStream.range(0, request.keys().size()).boxed().toList(),
                        index -> LookupSignatures.verify(
                                mint,
                                request.keys().get(index),
                                request.timestamp(),
                                request.signatures().get(index)))
                .stream()
                .allMatch(valid -> valid);
    }

    private static Digest query(LookupRequest request) {
        Digest.Builder digest = Digest.of("lookup").text(request.method()).number(request.onlyMintable() ? 1 : 0);
        request.keys().stream().sorted().forEach(key -> digest.bytes(key.toBytes()));
        return digest.build();
    }

    private static Optional<Refusal> refusal(ErrorCode code, String detail) {
        return Optional.of(new Refusal(code, detail));
    }
}
