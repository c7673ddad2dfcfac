package org.ehashpool.templateprovider.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * One call, of JSON-RPC 1.0, 1.1 or 2.0.
 *
 * @param id given back as it came
 * @param two whether it says that it is of version 2.0
 * @param notification whether it wants no answer: version 2.0 without an id
 * @param method its name
 * @param parameters an array, an object, or nothing
 */
record RpcRequest(JsonNode id, boolean two, boolean notification, String method, JsonNode parameters) {

    /** Reads a call; what is wrong with it is answered with the id as far as there is one. */
    static RpcRequest parse(JsonNode node) throws RpcException {
        if (!node.isObject()) {
            throw new RpcException(RpcException.Code.INVALID_REQUEST, "Invalid Request object");
        }
        boolean two = isTwo(node);
        JsonNode method = node.path("method");
        if (method.isMissingNode() || method.isNull()) {
            throw new RpcException(RpcException.Code.INVALID_REQUEST, "Missing method");
        }
        if (!method.isTextual()) {
            throw new RpcException(RpcException.Code.INVALID_REQUEST, "Method must be a string");
        }
        JsonNode parameters = node.path("params");
        if (!parameters.isMissingNode() && !parameters.isNull() && !parameters.isContainerNode()) {
            throw new RpcException(RpcException.Code.INVALID_REQUEST, "Params must be an array or object");
        }
        return new RpcRequest(idOf(node), two, two && !node.has("id"), method.textValue(), parameters);
    }

    static JsonNode idOf(JsonNode node) {
        JsonNode id = node.path("id");
        return id.isMissingNode() ? NullNode.getInstance() : id;
    }

    static boolean isTwo(JsonNode node) throws RpcException {
        JsonNode version = node.path("jsonrpc");
        if (version.isMissingNode() || version.isNull()) {
            return false;
        }
        return switch (version.asText("")) {
            case "1.0", "1.1" -> false;
            case "2.0" -> true;
            default -> throw new RpcException(RpcException.Code.INVALID_REQUEST, "JSON-RPC version not supported");
        };
    }

    /** Its arguments in the order of the method's parameters. */
    RpcParameters arguments(RpcMethod target) throws RpcException {
        List<JsonNode> values =
                parameters instanceof ObjectNode named ? ordered(named, target.parameterNames()) : listed();
        RpcParameters arguments = new RpcParameters(values);
        boolean missing = false;
        for (int i = 0; i < target.required(); i++) {
            missing |= !arguments.has(i);
        }
        if (missing || values.size() > target.parameters().size()) {
            throw new RpcException(RpcException.Code.MISC, target.usage());
        }
        return arguments;
    }

    private List<JsonNode> listed() {
        List<JsonNode> values = new ArrayList<>();
        parameters.forEach(values::add);
        return values;
    }

    private static List<JsonNode> ordered(ObjectNode named, List<String> names) throws RpcException {
        List<JsonNode> values = new ArrayList<>(Collections.nCopies(names.size(), NullNode.getInstance()));
        for (Map.Entry<String, JsonNode> entry : named.properties()) {
            int position = names.indexOf(entry.getKey());
            if (position < 0) {
                throw new RpcException(
                        RpcException.Code.INVALID_PARAMETER, "Unknown named parameter " + entry.getKey());
            }
            values.set(position, entry.getValue());
        }
        return values;
    }
}
