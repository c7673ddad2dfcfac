package org.ehashpool.templateprovider.chain.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ehashpool.templateprovider.chain.node.ChainEvents;
import org.ehashpool.templateprovider.chain.node.EmbeddedChain;
import org.jspecify.annotations.Nullable;

/** From the body of a request to the body of an answer. Runs on the chain's thread. */
final class RpcDispatcher {
    static final int MAX_BATCH = 100;

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    private final Map<String, RpcMethod> methods = new TreeMap<>();
    private final MiningMethods mining;

    RpcDispatcher(EmbeddedChain chain) {
        mining = new MiningMethods(chain);
        BlockMethods blocks = new BlockMethods(chain);
        List<RpcMethod> all = new ArrayList<>(blocks.methods());
        all.addAll(mining.methods());
        all.addAll(new MempoolMethods(chain, blocks).methods());
        all.addAll(new NodeMethods(chain).methods());
        all.add(RpcMethod.of("help", this::help, "command?"));
        all.forEach(method -> methods.put(method.name(), method));
    }

    /** Answers a body, which may be a batch, or says what it waits for. */
    RpcOutcome handle(byte[] body) {
        JsonNode node;
        try {
            node = Json.MAPPER.readTree(body);
        } catch (IOException e) {
            return failure(
                    NullNode.getInstance(), false, new RpcException(RpcException.Code.PARSE_ERROR, "Parse error"));
        }
        if (node instanceof ArrayNode batch) {
            return batch(batch);
        }
        if (!node.isObject()) {
            return failure(
                    NullNode.getInstance(),
                    false,
                    new RpcException(RpcException.Code.PARSE_ERROR, "Top-level object parse error"));
        }
        try {
            RpcRequest request = RpcRequest.parse(node);
            Optional<String> awaited = awaited(request);
            return awaited.isPresent() ? new RpcOutcome.Wait(awaited.get(), request) : answer(request);
        } catch (RpcException refused) {
            return failure(RpcRequest.idOf(node), isTwo(node), refused);
        }
    }

    /** Answers a call that is not, or no longer, to wait. */
    RpcOutcome.Reply answer(RpcRequest request) {
        try {
            JsonNode result = call(request);
            return request.notification()
                    ? new RpcOutcome.Reply(NO_CONTENT, new byte[0])
                    : reply(OK, success(request, result));
        } catch (RpcException refused) {
            return request.notification()
                    ? new RpcOutcome.Reply(NO_CONTENT, new byte[0])
                    : failure(request.id(), request.two(), refused);
        }
    }

    private Optional<String> awaited(RpcRequest request) throws RpcException {
        @Nullable RpcMethod method = methods.get(request.method());
        return method == null || !method.name().equals(MiningMethods.TEMPLATE)
                ? Optional.empty()
                : mining.waitsOn(request.arguments(method));
    }

    /** Calls of a batch never wait. */
    private RpcOutcome.Reply batch(ArrayNode batch) {
        if (batch.isEmpty() || batch.size() > MAX_BATCH) {
            return failure(
                    NullNode.getInstance(),
                    false,
                    new RpcException(
                            RpcException.Code.INVALID_REQUEST, "a batch has from 1 to " + MAX_BATCH + " calls"));
        }
        ArrayNode answers = Json.array();
        for (JsonNode node : batch) {
            try {
                RpcRequest request = RpcRequest.parse(node);
                answerWithin(request, answers);
            } catch (RpcException refused) {
                answers.add(error(RpcRequest.idOf(node), isTwo(node), refused));
            }
        }
        return answers.isEmpty() ? new RpcOutcome.Reply(NO_CONTENT, new byte[0]) : reply(OK, answers);
    }

    private void answerWithin(RpcRequest request, ArrayNode answers) {
        ObjectNode answer;
        try {
            answer = success(request, call(request));
        } catch (RpcException refused) {
            answer = error(request.id(), request.two(), refused);
        }
        if (!request.notification()) {
            answers.add(answer);
        }
    }

    private JsonNode call(RpcRequest request) throws RpcException {
        @Nullable RpcMethod method = methods.get(request.method());
        if (method == null) {
            throw new RpcException(RpcException.Code.METHOD_NOT_FOUND, "Method not found");
        }
        try {
            return method.handler().call(request.arguments(method));
        } catch (IOException e) {
            ChainEvents.callFailed(method.name(), e);
            throw new RpcException(RpcException.Code.DATABASE, "The chain's files cannot be read or written");
        } catch (RuntimeException e) {
            ChainEvents.callFailed(method.name(), e);
            throw new RpcException(RpcException.Code.INTERNAL, "Internal error");
        }
    }

    private JsonNode help(RpcParameters call) throws RpcException {
        if (!call.has(0)) {
            return TextNode.valueOf(
                    methods.values().stream().map(RpcMethod::usage).collect(Collectors.joining("\n")));
        }
        String name = call.text(0, "command");
        @Nullable RpcMethod method = methods.get(name);
        return TextNode.valueOf(method == null ? "help: unknown command: " + name : method.usage());
    }

    private static ObjectNode success(RpcRequest request, JsonNode result) {
        ObjectNode answer = Json.object();
        if (request.two()) {
            answer.put("jsonrpc", "2.0");
        }
        answer.set("result", result);
        if (!request.two()) {
            answer.putNull("error");
        }
        answer.set("id", request.id());
        return answer;
    }

    private static ObjectNode error(JsonNode id, boolean two, RpcException refused) {
        ObjectNode answer = Json.object();
        if (two) {
            answer.put("jsonrpc", "2.0");
        } else {
            answer.putNull("result");
        }
        answer.putObject("error").put("code", refused.code().number()).put("message", refused.text());
        answer.set("id", id);
        return answer;
    }

    /** Version 2.0 answers errors of a call with 200; the older ones with a status of their own. */
    private static RpcOutcome.Reply failure(JsonNode id, boolean two, RpcException refused) {
        int status =
                switch (refused.code()) {
                    case INVALID_REQUEST -> BAD_REQUEST;
                    case METHOD_NOT_FOUND -> NOT_FOUND;
                    case PARSE_ERROR,
                            INTERNAL,
                            MISC,
                            TYPE,
                            NOT_FOUND,
                            INVALID_PARAMETER,
                            DATABASE,
                            DESERIALIZATION,
                            VERIFY,
                            VERIFY_REJECTED,
                            ALREADY_IN_UTXO_SET -> SERVER_ERROR;
                };
        return reply(two ? OK : status, error(id, two, refused));
    }

    private static boolean isTwo(JsonNode node) {
        return "2.0".equals(node.path("jsonrpc").asText(""));
    }

    private static RpcOutcome.Reply reply(int status, JsonNode body) {
        try {
            return new RpcOutcome.Reply(status, Json.MAPPER.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always writable", e);
        }
    }
}
