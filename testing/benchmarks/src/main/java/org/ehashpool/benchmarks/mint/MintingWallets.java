package org.ehashpool.benchmarks.mint;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.json.KeyMessages.KeysAnswer;
import org.ehashpool.cashu.json.KeyMessages.PublishedKeys;
import org.ehashpool.cashu.json.QuoteMessages.BatchMintRequest;
import org.ehashpool.cashu.json.QuoteMessages.LookupAnswer;
import org.ehashpool.cashu.json.QuoteMessages.LookupRequest;
import org.ehashpool.cashu.json.QuoteMessages.QuoteAnswer;
import org.ehashpool.cashu.json.SwapMessages.SignaturesAnswer;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.quote.LookupSignatures;
import org.ehashpool.cashu.quote.QuoteSignatures;

/**
 * Miners' wallets, one for each key: each asks the mint what its key is owed, and mints it in batches, as much as there is
 * at a time, over a connection of its own.
 */
public final class MintingWallets implements AutoCloseable {
    private static final String METHOD = "ehash";
    private static final int RANDOM_BYTES = 32;
    private static final int LONGEST_KEY = 66;
    private static final long PAUSE_MILLIS = 50;

    private final LoadClient client;
    private final int batch;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong minted = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private volatile boolean closing;

    /**
     * Wallets of one mint.
     *
     * @param mint its URL
     * @param batch quotes of one request at most
     */
    public MintingWallets(URI mint, int batch) {
        client = new LoadClient(mint);
        this.batch = batch;
    }

    /** Quotes that were minted. */
    public long minted() {
        return minted.get();
    }

    /** Requests in which they were. */
    public long batches() {
        return batches.get();
    }

    /**
     * Mints until so many quotes are minted. Blocks.
     *
     * @throws ExecutionException if a request fails
     */
    public void mint(List<SecretKey> keys, long quotes) throws IOException, InterruptedException, ExecutionException {
        PublicKey mint = PublicKey.of(
                HexFormat.of().parseHex(client.get("/v1/info").member("pubkey").text(LONGEST_KEY)));
        LoadWallet wallet = new LoadWallet(KeysAnswer.read(client.get("/v1/keys")).keysets().stream()
                .filter(PublishedKeys::active)
                .findFirst()
                .orElseThrow(() -> new IOException("the mint signs nothing"))
                .keyset());
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (SecretKey key : keys) {
                Callable<Void> work = () -> {
                    while (minted.get() < quotes && !closing) {
                        if (!mintWhatThereIs(mint, wallet, key)) {
                            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                        }
                    }
                    return null;
                };
                running.add(threads.submit(() -> {
                    try {
                        return work.call();
                    } catch (Exception e) {
                        closing = true;
                        throw e;
                    }
                }));
            }
        }
        for (Future<?> one : running) {
            one.get();
        }
    }

    /** Whether there was a whole batch, so that there may be more. */
    private boolean mintWhatThereIs(PublicKey mint, LoadWallet wallet, SecretKey key)
            throws IOException, InterruptedException {
        long now = InstantSource.system().instant().getEpochSecond();
        LookupRequest lookup = new LookupRequest(
                List.of(key.publicKey()),
                List.of(LookupSignatures.sign(mint, key, now, randomness())),
                now,
                true,
                OptionalLong.of(batch),
                Optional.empty());
        List<QuoteAnswer> quotes = LookupAnswer.read(
                        client.post("/v1/mint/quote/" + METHOD + "/pubkey", lookup), METHOD)
                .quotes();
        if (quotes.isEmpty()) {
            return false;
        }
        Amount sum = Amount.sum(quotes.stream()
                        .map(quote ->
                                quote.counters().paid().minus(quote.counters().issued()))
                        .toList())
                .orElseThrow();
        LoadWallet.Outputs outputs = wallet.outputs(sum);
        List<String> ids = quotes.stream().map(QuoteAnswer::quote).toList();
        List<Optional<String>> signatures = ids.stream()
                .map(id -> Optional.of(QuoteSignatures.sign(id, outputs.messages(), key, randomness())))
                .toList();
        SignaturesAnswer answer = SignaturesAnswer.read(client.post(
                "/v1/mint/" + METHOD + "/batch",
                new BatchMintRequest(ids, Optional.empty(), outputs.messages(), Optional.of(signatures))));
        if (answer.signatures().size() != outputs.messages().size()) {
            throw new IOException("signatures are missing");
        }
        minted.addAndGet(ids.size());
        batches.incrementAndGet();
        return ids.size() == batch;
    }

    private byte[] randomness() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Begins no more requests. */
    public void stop() {
        closing = true;
    }

    @Override
    public void close() {
        stop();
        client.close();
    }
}
