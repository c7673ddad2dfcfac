package org.ehashpool.poolstats.earnings;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.json.ErrorAnswer;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.MalformedJsonException;
import org.ehashpool.cashu.json.QuoteMessages.LookupAnswer;
import org.ehashpool.cashu.json.QuoteMessages.LookupRequest;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.service.Component;
import org.ehashpool.statistics.earnings.Earnings;
import org.ehashpool.statistics.earnings.EarningsLookup;
import org.jspecify.annotations.Nullable;

/**
 * Lookups at the mints of the configuration, and no others. What a miner has signed is sent as often as it takes to see
 * all its quotes: the signature covers the mint, the key and the time, not the page.
 */
public final class MintLookups implements EarningsLookup, Component {
    static final String METHOD = "ehash";

    private static final int LONGEST_REQUEST = 16_384;
    private static final int PAGE = 500;
    private static final int MOST_QUOTES = 20_000;
    private static final int MOST_LOOKUPS = 4;
    private static final int LONGEST_WORDS = 200;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(8);

    /** No further page is asked for after it. */
    private static final Duration ENOUGH = Duration.ofSeconds(8);

    /** What mints take a clock to be off by. */
    private static final Duration VALIDITY = Duration.ofMinutes(5);

    private final Map<String, MintConnection> mints = new LinkedHashMap<>();
    private final Semaphore lookups = new Semaphore(MOST_LOOKUPS);
    private final InstantSource clock;

    /**
     * Nobody is asked yet.
     *
     * @throws UncheckedIOException if the certificates of a mint cannot be read
     */
    public MintLookups(List<MintConfig> configured, InstantSource clock) {
        this.clock = clock;
        for (MintConfig config : configured) {
            try {
                MintConnection connection = new MintConnection(config, CONNECT_TIMEOUT);
                mints.put(connection.mint(), connection);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public String name() {
        return "lookups";
    }

    @Override
    public Future<Void> start() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> stop() {
        mints.values().forEach(MintConnection::close);
        return Future.succeededFuture();
    }

    @Override
    public List<String> mints() {
        return List.copyOf(mints.keySet());
    }

    @Override
    public Future<Earnings> ask(String mint, String text) {
        @Nullable MintConnection connection = mints.get(mint);
        if (connection == null) {
            return Future.failedFuture(
                    new ApiFailure(400, "unknown-mint", "It is none of those that this service may ask."));
        }
        LookupRequest request;
        try {
            request = LookupRequest.read(JsonText.read(text, LONGEST_REQUEST));
        } catch (MalformedJsonException e) {
            return Future.failedFuture(new ApiFailure(
                    400,
                    "invalid-lookup",
                    e.problem() + ". The command \"./ehash wallet lookup-request\" prints one that is in order."));
        }
        if (!lookups.tryAcquire()) {
            return Future.failedFuture(new ApiFailure(503, "busy", "Others are asking; try again in some seconds."));
        }
        CompletableFuture<Earnings> done = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                done.complete(all(connection, request));
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            } finally {
                lookups.release();
            }
        });
        @Nullable Context context = Vertx.currentContext();
        return context == null ? Future.fromCompletionStage(done) : Future.fromCompletionStage(done, context);
    }

    /** Page by page, until there is none, or enough. */
    private Earnings all(MintConnection connection, LookupRequest request) {
        Instant began = clock.instant();
        QuoteSum sum = new QuoteSum(request.pubkeys());
        Set<String> cursors = new HashSet<>();
        Optional<String> cursor = Optional.empty();
        do {
            LookupAnswer page = page(connection, request, cursor);
            try {
                sum.add(page.quotes());
            } catch (IllegalArgumentException e) {
                throw fault(connection, String.valueOf(e.getMessage()));
            }
            cursor = page.nextCursor();
            if (cursor.isPresent() && !cursors.add(cursor.get())) {
                throw fault(connection, "a page that was there before");
            }
        } while (cursor.isPresent()
                && sum.size() < MOST_QUOTES
                && clock.instant().isBefore(began.plus(ENOUGH)));
        return new Earnings(connection.mint(), began, cursor.isEmpty(), sum.keys());
    }

    private LookupAnswer page(MintConnection connection, LookupRequest request, Optional<String> cursor) {
        LookupRequest page = new LookupRequest(
                request.pubkeys(), request.signatures(), request.timestamp(), false, OptionalLong.of(PAGE), cursor);
        HttpResponse<byte[]> answer;
        try {
            answer = connection.post(page.encode(), ANSWER_TIMEOUT);
        } catch (IOException e) {
            throw away(connection, String.valueOf(e.getMessage() == null ? e : e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(connection, "interrupted");
        }
        try {
            return switch (answer.statusCode()) {
                case 200 -> LookupAnswer.read(JsonText.read(answer.body(), MintConnection.LONGEST_ANSWER), METHOD);
                case 400 -> throw refused(request, ErrorAnswer.read(JsonText.read(answer.body(), LONGEST_REQUEST)));
                case 408, 425, 429 -> throw failed(connection, 503, "mint-busy", "It has enough to do; try again.");
                default ->
                    throw answer.statusCode() >= 500
                            ? away(connection, "status " + answer.statusCode())
                            : fault(connection, "status " + answer.statusCode());
            };
        } catch (MalformedJsonException e) {
            throw fault(connection, e.problem());
        }
    }

    /** The mint decides; these are words for it. */
    private ApiFailure refused(LookupRequest request, ErrorAnswer error) {
        String words = "The mint says: " + printable(error.detail()) + ".";
        if (error.code() == ErrorCode.QUOTE_SIGNATURE_INVALID.number()) {
            return new ApiFailure(
                    403, "signature-refused", words + " A request is signed for one mint: was it made for this one?");
        }
        long off = Math.abs(clock.instant().getEpochSecond() - request.timestamp());
        if (error.code() == ErrorCode.LOOKUP_INVALID.number() && off > VALIDITY.toSeconds()) {
            return new ApiFailure(
                    403,
                    "expired",
                    words + " A request holds for " + VALIDITY.toMinutes() + " minutes: make a new one.");
        }
        return new ApiFailure(400, "refused", words);
    }

    private static ApiFailure away(MintConnection connection, String cause) {
        EarningsEvents.mintFailed(connection.mint(), "mint-away", printable(cause));
        return new ApiFailure(
                503, "mint-away", "Nothing is lost by that: what was earned is kept there. Try again later.");
    }

    private static ApiFailure fault(MintConnection connection, String cause) {
        EarningsEvents.mintFailed(connection.mint(), "mint-fault", printable(cause));
        return new ApiFailure(502, "mint-fault", "Its operator should know: " + printable(cause) + ".");
    }

    private static ApiFailure failed(MintConnection connection, int status, String code, String words) {
        EarningsEvents.mintFailed(connection.mint(), code, words);
        return new ApiFailure(status, code, words);
    }

    /** A mint's words go into logs and answers: short, and without control characters. */
    private static String printable(String text) {
        String line = text.replaceAll("\\p{C}", " ").strip();
        return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "…";
    }
}
