package org.ehashpool.proxystats.wallet;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.service.Component;
import org.ehashpool.proxystats.wallet.TranslatorConnection.Answer;
import org.ehashpool.statistics.wallet.WalletActions;
import org.jspecify.annotations.Nullable;

/** The wallet of the translator of the configuration. */
public final class TranslatorWallet implements WalletActions, Component {
    /** Longer than a translator waits for a mint. */
    private static final Duration TIMEOUT = Duration.ofSeconds(35);

    private static final String WALLET = "/api/v1/wallet";
    private static final String FAUCET = "/api/v1/faucet";
    private static final int LONGEST_WORDS = 200;

    private final TranslatorConnection connection;
    private final Optional<Path> trust;

    /** Nobody is asked yet. */
    public TranslatorWallet(TranslatorConfig config, Vertx vertx) {
        this(config, vertx, TIMEOUT);
    }

    TranslatorWallet(TranslatorConfig config, Vertx vertx, Duration timeout) {
        this.trust = config.trust();
        this.connection = new TranslatorConnection(config, vertx, timeout);
    }

    @Override
    public String name() {
        return "translator";
    }

    @Override
    public Future<Void> start() {
        return trust.filter(file -> !Files.isReadable(file))
                .map(file -> Future.<Void>failedFuture(new IOException("cannot read " + file)))
                .orElseGet(Future::succeededFuture);
    }

    @Override
    public Future<Void> stop() {
        return connection.close();
    }

    @Override
    public Future<Holdings> holdings() {
        return ask("wallet", connection.get(WALLET), WalletAnswers::holdings);
    }

    @Override
    public Future<History> history(Optional<UUID> after) {
        String from = after.map(id -> "?after=" + id).orElse("");
        return ask("history", connection.get(WALLET + "/history" + from), WalletAnswers::history);
    }

    @Override
    public Future<Sent> send(Order order) {
        JsonObject body = new JsonObject()
                .put("amount", order.amount().toString())
                .put("unit", order.unit())
                .put("mint", order.mint())
                .put("idempotency_key", order.key());
        return ask("send", connection.post(WALLET + "/send", Map.of(), body), WalletAnswers::sent)
                .onSuccess(sent -> done("send", sent.operation()));
    }

    @Override
    public Future<Sent> sent(UUID id) {
        return ask("sent", connection.get(WALLET + "/send/" + id), WalletAnswers::sent);
    }

    @Override
    public Future<Operation> reclaim(UUID send) {
        return ask(
                        "reclaim",
                        connection.post(WALLET + "/send/" + send + "/reclaim", Map.of(), new JsonObject()),
                        WalletAnswers::operation)
                .onSuccess(operation -> done("reclaim", operation));
    }

    @Override
    public Future<Operation> receive(String token) {
        return ask(
                        "receive",
                        connection.post(WALLET + "/receive", Map.of(), new JsonObject().put("token", token)),
                        WalletAnswers::operation)
                .onSuccess(operation -> done("receive", operation));
    }

    @Override
    public Future<Optional<Faucet>> faucet() {
        return ask("faucet", connection.get(FAUCET), WalletAnswers::faucet)
                .map(Optional::of)
                .recover(cause -> cause instanceof ApiFailure refused && refused.status() == 404
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(cause));
    }

    @Override
    public Future<Sent> give(BigInteger amount, String key, String client) {
        JsonObject body = new JsonObject().put("amount", amount.toString()).put("idempotency_key", key);
        return ask("faucet", connection.post(FAUCET, Map.of("X-Forwarded-For", client), body), WalletAnswers::sent)
                .onSuccess(given -> done("faucet", given.operation()));
    }

    private static void done(String what, Operation operation) {
        WalletEvents.done(what, operation.id().toString(), operation.amount().toString(), operation.unit());
    }

    private static <T> Future<T> ask(String call, Future<Answer> answer, Function<JsonObject, T> meaning) {
        return answer.recover(cause -> Future.failedFuture(
                        failure(call, 503, "translator-away", "Its wallet goes on by itself; try again later.", cause)))
                .map(known -> {
                    JsonObject body;
                    try {
                        body = known.body().toJsonObject();
                    } catch (DecodeException | ClassCastException e) {
                        throw fault(call, "status " + known.status() + ", and no JSON");
                    }
                    if (known.status() != 200) {
                        throw refused(call, known.status(), body);
                    }
                    try {
                        return meaning.apply(body);
                    } catch (RuntimeException e) {
                        // Whatever is not as the API says: missing, of another type, no number.
                        throw fault(call, "an answer with other fields than it should have");
                    }
                });
    }

    /** What the wallet refuses is the asker's; that it refuses us is the operator's. */
    private static ApiFailure refused(String call, int status, JsonObject body) {
        Object error = body.getValue("error");
        String code = error instanceof JsonObject object ? text(object, "code") : "";
        String message = error instanceof JsonObject object ? text(object, "message") : "";
        return switch (status) {
            case 401, 403 ->
                failure(
                        call,
                        502,
                        "translator-refused",
                        "It wants another token than [translator] token here, or has none under [http].",
                        new IllegalStateException("status " + status));
            case 404 ->
                new ApiFailure(
                        404,
                        call.equals("wallet") || call.equals("history") ? "no-wallet" : code,
                        call.equals("wallet") || call.equals("history")
                                ? "It has none to show: [wallet] is not enabled there."
                                : printable(message));
            case 400, 409, 413, 429, 502, 503 -> new ApiFailure(status, printable(code), printable(message));
            default -> fault(call, "status " + status);
        };
    }

    private static String text(JsonObject object, String name) {
        return object.getValue(name) instanceof String text ? text : "";
    }

    private static ApiFailure fault(String call, String cause) {
        return failure(call, 502, "translator-fault", "The log says more.", new IllegalStateException(cause));
    }

    private static ApiFailure failure(String call, int status, String code, String words, Throwable cause) {
        @Nullable String message = cause.getMessage();
        WalletEvents.failed(
                call, code, printable(message == null ? cause.getClass().getSimpleName() : message));
        return new ApiFailure(status, code, words);
    }

    /** A translator's words go into logs and pages: short, and without control characters. */
    private static String printable(String text) {
        String line = text.replaceAll("\\p{C}", " ").strip();
        return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "…";
    }
}
