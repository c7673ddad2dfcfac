package org.ehashpool.wallet.mint;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.json.ErrorAnswer;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.JsonValue;
import org.ehashpool.cashu.json.KeyMessages.KeysAnswer;
import org.ehashpool.cashu.json.KeyMessages.KeysetEntry;
import org.ehashpool.cashu.json.KeyMessages.KeysetsAnswer;
import org.ehashpool.cashu.json.KeyMessages.PublishedKeys;
import org.ehashpool.cashu.json.MalformedJsonException;
import org.ehashpool.cashu.json.Message;
import org.ehashpool.cashu.json.QuoteMessages.BatchMintRequest;
import org.ehashpool.cashu.json.QuoteMessages.LookupAnswer;
import org.ehashpool.cashu.json.QuoteMessages.LookupRequest;
import org.ehashpool.cashu.json.QuoteMessages.MintRequest;
import org.ehashpool.cashu.json.StateMessages.SpentState;
import org.ehashpool.cashu.json.StateMessages.StatesAnswer;
import org.ehashpool.cashu.json.StateMessages.StatesRequest;
import org.ehashpool.cashu.json.SwapMessages.RestoreAnswer;
import org.ehashpool.cashu.json.SwapMessages.RestoreRequest;
import org.ehashpool.cashu.json.SwapMessages.SignaturesAnswer;
import org.ehashpool.cashu.json.SwapMessages.SwapRequest;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.proof.Proof;

/**
 * A mint over HTTP. Answers are read up to a limit and for a limited time, redirections are not followed, and a request
 * is sent once: whoever asks decides whether to ask again.
 */
public final class MintClient implements MintApi {

    /** A thousand signatures with their proofs, and room to spare. */
    private static final int LONGEST_ANSWER = 4 << 20;

    private static final String METHOD = "ehash";

    private final HttpClient http;
    private final MintUrl url;
    private final Duration deadline;

    /**
     * A client of one mint.
     *
     * @param http made by {@link #http}; it may serve many
     * @param deadline from the request to the last byte of its answer
     */
    public MintClient(HttpClient http, MintUrl url, Duration deadline) {
        this.http = http;
        this.url = url;
        this.deadline = deadline;
    }

    /** Connections that are kept alive and shared by clients. */
    public static HttpClient http(Duration connectTimeout) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .build();
    }

    @Override
    public MintInfo info() {
        return get("/v1/info", MintInfo::read);
    }

    @Override
    public List<KeysetEntry> keysets() {
        return get("/v1/keysets", KeysetsAnswer::read).keysets();
    }

    @Override
    public Keyset keyset(KeysetId id) {
        Keyset keyset = get("/v1/keys/" + id, KeysAnswer::read).keysets().stream()
                .map(PublishedKeys::keyset)
                .filter(published -> published.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new MintFaultException("the answer is not of keyset " + id));
        if (!keyset.hasItsOwnId()) {
            throw new MintFaultException("the keys do not belong to the id of keyset " + id);
        }
        return keyset;
    }

    @Override
    public LookupAnswer lookup(LookupRequest request) {
        return post("/v1/mint/quote/" + METHOD + "/pubkey", request, value -> LookupAnswer.read(value, METHOD));
    }

    @Override
    public List<BlindSignature> mint(MintRequest request) {
        return signatures("/v1/mint/" + METHOD, request, request.outputs().size());
    }

    @Override
    public List<BlindSignature> mintBatch(BatchMintRequest request) {
        return signatures(
                "/v1/mint/" + METHOD + "/batch", request, request.outputs().size());
    }

    @Override
    public List<BlindSignature> swap(List<Proof> inputs, List<BlindedMessage> outputs) {
        return signatures("/v1/swap", new SwapRequest(inputs, outputs), outputs.size());
    }

    private List<BlindSignature> signatures(String path, Message request, int count) {
        List<BlindSignature> signatures =
                post(path, request, SignaturesAnswer::read).signatures();
        if (signatures.size() != count) {
            throw new MintFaultException(signatures.size() + " signatures for " + count + " outputs");
        }
        return signatures;
    }

    @Override
    public RestoreAnswer restore(List<BlindedMessage> outputs) {
        return post("/v1/restore", new RestoreRequest(outputs), RestoreAnswer::read);
    }

    @Override
    public List<SpentState> states(List<PublicKey> ys) {
        var states = post("/v1/checkstate", new StatesRequest(ys), StatesAnswer::read)
                .states();
        if (states.size() != ys.size()) {
            throw new MintFaultException(states.size() + " states for " + ys.size() + " proofs");
        }
        for (int i = 0; i < ys.size(); i++) {
            if (!states.get(i).y().equals(ys.get(i))) {
                throw new MintFaultException("states in another order than the proofs");
            }
        }
        return states.stream().map(entry -> entry.state()).toList();
    }

    private <T> T get(String path, Function<JsonValue, T> read) {
        return send(HttpRequest.newBuilder(url.resolve(path)).GET(), read);
    }

    private <T> T post(String path, Message body, Function<JsonValue, T> read) {
        return send(
                HttpRequest.newBuilder(url.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.encode())),
                read);
    }

    private <T> T send(HttpRequest.Builder request, Function<JsonValue, T> read) {
        HttpResponse<byte[]> answer = exchange(
                request.header("Accept", "application/json").timeout(deadline).build());
        try {
            return switch (answer.statusCode()) {
                case 200 -> read.apply(JsonText.read(answer.body(), LONGEST_ANSWER));
                case 400 -> throw refused(answer.body());
                case 408, 425, 429 -> throw new MintUnavailableException("the mint is busy: " + answer.statusCode());
                default ->
                    throw answer.statusCode() >= 500
                            ? new MintUnavailableException("the mint answers " + answer.statusCode())
                            : new MintFaultException("the mint answers " + answer.statusCode());
            };
        } catch (MalformedJsonException e) {
            throw new MintFaultException("the mint's answer: " + e.problem());
        }
    }

    private static MintException refused(byte[] body) {
        ErrorAnswer error = ErrorAnswer.read(JsonText.read(body, LONGEST_ANSWER));
        return new MintRefusedException((int) Math.min(error.code(), Integer.MAX_VALUE), printable(error.detail()));
    }

    /** A mint's words go into logs and answers: short, and without control characters. */
    private static String printable(String text) {
        String line = text.replaceAll("\\p{C}", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
        try {
            // The request's own timeout ends with the headers.
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new MintUnavailableException("no answer within " + deadline.toSeconds() + " s");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new MintUnavailableException("interrupted");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new MintUnavailableException(
                    cause instanceof IOException ? printable(String.valueOf(cause)) : "failed: " + cause);
        }
    }
}
