package org.ehashpool.templateprovider.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Locale;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/** The arguments of a call, by position. Absent ones and null are alike. */
record RpcParameters(List<JsonNode> values) {

    RpcParameters {
        values = List.copyOf(values);
    }

    JsonNode at(int position) {
        return position < values.size() ? values.get(position) : MissingNode.getInstance();
    }

    boolean has(int position) {
        return !at(position).isMissingNode() && !at(position).isNull();
    }

    String text(int position, String name) throws RpcException {
        return typed(position, name, JsonNodeType.STRING, "string").textValue();
    }

    int integer(int position, String name) throws RpcException {
        JsonNode value = typed(position, name, JsonNodeType.NUMBER, "number");
        if (!value.canConvertToExactIntegral() || !value.canConvertToInt()) {
            throw new RpcException(RpcException.Code.MISC, "JSON integer out of range");
        }
        return value.intValue();
    }

    boolean flag(int position, String name, boolean otherwise) throws RpcException {
        return has(position)
                ? typed(position, name, JsonNodeType.BOOLEAN, "bool").booleanValue()
                : otherwise;
    }

    /** A number, or a flag that stands for 0 or 1, as older callers give it. */
    int verbosity(int position, String name, int otherwise) throws RpcException {
        if (!has(position)) {
            return otherwise;
        }
        return at(position).isBoolean() ? (at(position).booleanValue() ? 1 : 0) : integer(position, name);
    }

    U256 hash(int position, String name) throws RpcException {
        String text = text(position, name);
        if (text.length() != 2 * U256.LENGTH) {
            throw new RpcException(
                    RpcException.Code.INVALID_PARAMETER, name + " must be of length 64 (not " + text.length() + ")");
        }
        try {
            return U256.fromHex(text);
        } catch (IllegalArgumentException e) {
            throw new RpcException(RpcException.Code.INVALID_PARAMETER, name + " must be hexadecimal string");
        }
    }

    /** Hexadecimal bytes; {@code failure} is the answer to anything else. */
    Bytes bytes(int position, String name, String failure) throws RpcException {
        return bytes(text(position, name), failure);
    }

    static Bytes bytes(String hex, String failure) throws RpcException {
        try {
            return Bytes.fromHex(hex);
        } catch (IllegalArgumentException e) {
            throw new RpcException(RpcException.Code.DESERIALIZATION, failure);
        }
    }

    private JsonNode typed(int position, String name, JsonNodeType type, String expected) throws RpcException {
        JsonNode value = at(position);
        if (value.getNodeType() != type) {
            throw new RpcException(
                    RpcException.Code.TYPE,
                    "Wrong type passed: argument " + (position + 1) + " (" + name + ") is "
                            + value.getNodeType().name().toLowerCase(Locale.ROOT) + ", not of expected type "
                            + expected);
        }
        return value;
    }
}
