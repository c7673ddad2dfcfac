package org.ehashpool.templateprovider;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ehashpool.kit.bitcoin.BlockTemplate;
import org.ehashpool.sv2.type.Bytes;
import org.jspecify.annotations.Nullable;

/** A node that says what the test wants: JSON-RPC over HTTP, with long poll. */
public final class ScriptedNode implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Bytes> submitted = new ArrayList<>();
    private BlockTemplate template;
    private String chain = "regtest";
    private String verdict = "null";
    private @Nullable String refusal;
    private int port;
    private @Nullable HttpServer server;

    private record Waiting(HttpServerRequest request, Object id) {}

    public ScriptedNode(BlockTemplate first) {
        template = first;
        listen(0);
    }

    private synchronized void listen(int wanted) {
        HttpServer created = vertx.createHttpServer(new HttpServerOptions().setDecompressionSupported(true))
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body.toJsonObject())));
        port = await(created.listen(wanted, "127.0.0.1")).actualPort();
        server = created;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Proposes another template; long polls are answered. */
    public synchronized void propose(BlockTemplate next) {
        template = next;
        List<Waiting> due = List.copyOf(waiting);
        waiting.clear();
        due.forEach(held -> reply(held.request(), held.id(), json(template).encode()));
    }

    /** What submitblock says: null, or a text in quotes. */
    public synchronized void verdict(String json) {
        verdict = json;
    }

    /** What getblockchaininfo says. */
    public synchronized void chain(String name) {
        chain = name;
    }

    /** Answers every call with this error, or none. */
    public synchronized void refuse(@Nullable String error) {
        refusal = error;
    }

    /** Stops listening and drops every connection. */
    public void vanish() {
        HttpServer listening = server;
        if (listening != null) {
            await(listening.close());
        }
        synchronized (this) {
            waiting.clear();
        }
    }

    /** Listens again where it did. */
    public void comeBack() {
        listen(port);
    }

    /** The blocks that were submitted. */
    public synchronized List<Bytes> submitted() {
        return List.copyOf(submitted);
    }

    private synchronized void answer(HttpServerRequest request, JsonObject call) {
        Object id = call.getValue("id");
        String failure = refusal;
        if (failure != null) {
            request.response().setStatusCode(500).end("{\"result\":null,\"error\":" + failure + ",\"id\":" + id + "}");
            return;
        }
        switch (call.getString("method")) {
            case "getblockchaininfo" ->
                reply(
                        request,
                        id,
                        new JsonObject()
                                .put("chain", chain)
                                .put("blocks", template.height() - 1)
                                .put("headers", template.height() - 1)
                                .put("bestblockhash", template.previousHash().toHex())
                                .put("initialblockdownload", false)
                                .encode());
            case "getconnectioncount" -> reply(request, id, "8");
            case "getblocktemplate" -> {
                JsonObject asked = call.getJsonArray("params").getJsonObject(0);
                String known = asked.getString("longpollid");
                if (!asked.getJsonArray("rules").contains("segwit")
                        || !asked.getJsonArray("rules").contains("signet")) {
                    // As Bitcoin Core does on a signet.
                    request.response()
                            .setStatusCode(500)
                            .end("{\"result\":null,\"error\":{\"code\":-8,\"message\":\"getblocktemplate must be called"
                                    + " with the signet rule set\"},\"id\":" + id + "}");
                } else if (template.longPollId().equals(known)) {
                    waiting.add(new Waiting(request, id));
                } else {
                    reply(request, id, json(template).encode());
                }
            }
            case "submitblock" -> {
                submitted.add(Bytes.fromHex(call.getJsonArray("params").getString(0)));
                reply(request, id, verdict);
            }
            default ->
                request.response()
                        .setStatusCode(404)
                        .end("{\"result\":null,\"error\":{\"code\":-32601,\"message\":\"Method not found\"},\"id\":"
                                + id + "}");
        }
    }

    private static void reply(HttpServerRequest request, Object id, String result) {
        request.response().end("{\"result\":" + result + ",\"error\":null,\"id\":" + id + "}");
    }

    private static JsonObject json(BlockTemplate template) {
        JsonArray transactions = new JsonArray();
        for (BlockTemplate.Transaction transaction : template.transactions()) {
            transactions.add(new JsonObject()
                    .put("data", transaction.data().toHex())
                    .put("txid", transaction.id().toHex())
                    .put("hash", transaction.witnessId().toHex())
                    .put("fee", transaction.fee())
                    .put("weight", transaction.weight())
                    .put("sigops", transaction.sigopCost())
                    .put(
                            "depends",
                            new JsonArray(transaction.parents().stream()
                                    .map(parent -> parent + 1)
                                    .toList())));
        }
        return new JsonObject()
                .put("version", template.version())
                .put("previousblockhash", template.previousHash().toHex())
                .put("height", template.height())
                .put("bits", "%08x".formatted(template.bits()))
                .put("curtime", template.currentTime())
                .put("mintime", template.minimumTime())
                .put("coinbasevalue", template.coinbaseValue())
                .put("weightlimit", template.weightLimit())
                .put("sigoplimit", template.sigopLimit())
                .put("longpollid", template.longPollId())
                .put("transactions", transactions);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
