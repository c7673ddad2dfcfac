package org.ehashpool.pool.outbox;

import io.vertx.core.Context;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ehashpool.pool.mintlink.IdentifiedMint;
import org.ehashpool.pool.mintlink.MintAnswer;
import org.ehashpool.pool.mintlink.MintLink;
import org.ehashpool.pool.mintlink.MintListener;
import org.ehashpool.pool.mintlink.PinnedMint;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.ehashpool.sv2.message.MintQuoteErrorCode;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/** A mint in memory that makes one quote per share hash, as a mint must, and fails as the test says. */
final class FakeMint {
    final PinnedMint pinned;
    private final Map<U256, MintQuoteRequest> quotes = new LinkedHashMap<>();
    private final List<String> wrongs = new ArrayList<>();
    private Function<MintQuoteRequest, Optional<MintQuoteErrorCode>> refusal = request -> Optional.empty();
    private boolean silent;
    private int requests;
    private long links;

    FakeMint(int number) {
        byte[] key = new byte[32];
        key[0] = (byte) number;
        pinned = new PinnedMint(Bytes.of(key), Optional.empty(), Set.of("hash"), 1);
    }

    /** One connection to a pool. */
    final class Link implements MintLink {
        private final long id;
        private final MintListener pool;
        private final Context context;
        private final Map<Long, MintQuoteRequest> unanswered = new LinkedHashMap<>();
        private boolean ended;

        private Link(long id, MintListener pool, Context context) {
            this.id = id;
            this.pool = pool;
            this.context = context;
        }

        @Override
        public long connectionId() {
            return id;
        }

        @Override
        public IdentifiedMint mint() {
            return new IdentifiedMint(pinned, "https://mint" + pinned.key().get(0) + ".example", 256);
        }

        @Override
        public void send(List<MintQuoteRequest> sent) {
            context.runOnContext(now -> {
                if (ended) {
                    pool.ended(this, sent);
                    return;
                }
                for (MintQuoteRequest request : sent) {
                    unanswered.put(request.requestId(), request);
                    Optional<MintAnswer> answer = handle(request);
                    answer.ifPresent(said -> {
                        unanswered.remove(request.requestId());
                        pool.answered(this, said);
                    });
                }
            });
        }

        /** The connection breaks. */
        void cut() {
            context.runOnContext(now -> {
                if (!ended) {
                    ended = true;
                    pool.ended(this, List.copyOf(unanswered.values()));
                }
            });
        }
    }

    synchronized Link connect(MintListener pool, Context context) {
        Link link = new Link(++links, pool, context);
        context.runOnContext(now -> pool.identified(link));
        return link;
    }

    private synchronized Optional<MintAnswer> handle(MintQuoteRequest request) {
        requests++;
        Optional<MintQuoteErrorCode> refused = refusal.apply(request);
        if (refused.isPresent()) {
            MintQuoteErrorCode code = refused.get();
            return Optional.of(new MintAnswer.Refused(request, code.code().toString(), code.retryable()));
        }
        MintQuoteRequest before = quotes.putIfAbsent(request.shareHash(), request);
        if (before != null && !same(before, request)) {
            wrongs.add("conflict: " + before + " and " + request);
        }
        return silent
                ? Optional.empty()
                : Optional.of(new MintAnswer.Quoted(
                        request, "quote-" + request.shareHash().toHex().substring(0, 16)));
    }

    private static boolean same(MintQuoteRequest one, MintQuoteRequest other) {
        return one.amount() == other.amount()
                && one.unit().equals(other.unit())
                && one.lockingKey().equals(other.lockingKey());
    }

    /** Answers are lost from now on, or not. */
    synchronized void silent(boolean now) {
        silent = now;
    }

    synchronized void refuse(Function<MintQuoteRequest, Optional<MintQuoteErrorCode>> now) {
        refusal = now;
    }

    /** A restore has lost all quotes. */
    synchronized void forget() {
        quotes.clear();
    }

    synchronized List<MintQuoteRequest> quotes() {
        return List.copyOf(quotes.values());
    }

    synchronized int requests() {
        return requests;
    }

    synchronized List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    synchronized BigInteger paid() {
        return quotes.values().stream()
                .map(request -> new BigInteger(Long.toUnsignedString(request.amount())))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    synchronized long shares() {
        return quotes.values().stream().mapToLong(MintQuoteRequest::shareCount).sum();
    }
}
