package org.ehashpool.miner.sv1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/** Makes messages of lines. Whatever a line holds, it is a message or a {@link Sv1ProtocolException}. */
public final class Sv1Reader {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern HEX_NUMBER = Pattern.compile("[0-9a-fA-F]{1,8}");
    private static final int MAX_JOB_ID = 256;
    private static final int MAX_TEXT = 200;
    private static final int MAX_MERKLE_STEPS = 32;
    private static final int MAX_EXTRANONCE = 32;
    private static final int MIN_COINBASE_HALF = 4;

    private Sv1Reader() {}

    /**
     * Reads a line without its end.
     *
     * @throws Sv1ProtocolException if it is no message
     */
    public static Sv1Message read(byte[] line) throws Sv1ProtocolException {
        JsonNode root = parse(line);
        if (!root.isObject()) {
            throw new Sv1ProtocolException("a line that is no JSON object");
        }
        JsonNode method = root.path("method");
        return method.isMissingNode() || method.isNull() ? answer(root) : call(root, method);
    }

    private static JsonNode parse(byte[] line) throws Sv1ProtocolException {
        try {
            JsonNode root = JSON.readTree(line);
            return root == null ? MissingNode.getInstance() : root;
        } catch (JsonProcessingException e) {
            throw new Sv1ProtocolException("a line that is no JSON");
        } catch (IOException e) {
            throw new Sv1ProtocolException("a line that cannot be read: " + describe(e));
        }
    }

    private static Sv1Message answer(JsonNode root) throws Sv1ProtocolException {
        JsonNode id = root.path("id");
        if (!id.isIntegralNumber() || !id.canConvertToLong()) {
            throw new Sv1ProtocolException("neither a method nor the number of a request");
        }
        JsonNode error = root.path("error");
        return new Sv1Message.Answer(
                id.asLong(),
                root.path("result"),
                error.isMissingNode() || error.isNull() ? Optional.empty() : Optional.of(words(error)));
    }

    /** {@code [code, message, traceback]} by custom, {@code {code, message}} or a plain string elsewhere. */
    private static String words(JsonNode error) {
        JsonNode message = error.isArray() ? error.path(1) : error.isObject() ? error.path("message") : error;
        return printable(message.isTextual() ? message.asText() : message.toString());
    }

    private static Sv1Message call(JsonNode root, JsonNode method) throws Sv1ProtocolException {
        if (!method.isTextual()) {
            throw new Sv1ProtocolException("a method that is no string");
        }
        JsonNode parameters = root.path("params");
        return switch (method.asText()) {
            case "mining.notify" -> job(parameters);
            case "mining.set_difficulty" -> difficulty(parameters);
            case "mining.set_extranonce" ->
                new Sv1Message.SetExtranonce(extranonce(parameters.path(0)), extranonceSize(parameters.path(1)));
            case "mining.set_version_mask" -> new Sv1Message.SetVersionMask(number(parameters.path(0), "version mask"));
            case "client.reconnect" -> reconnect(parameters);
            case "client.show_message" ->
                new Sv1Message.ShowMessage(printable(parameters.path(0).asText("")));
            case String other -> {
                JsonNode id = root.path("id");
                yield id.isMissingNode() || id.isNull()
                        ? new Sv1Message.Unknown(printable(other))
                        : new Sv1Message.Request(id, other);
            }
        };
    }

    private static Sv1Message job(JsonNode parameters) throws Sv1ProtocolException {
        if (!parameters.isArray() || parameters.size() < 8) {
            throw new Sv1ProtocolException("mining.notify with " + parameters.size() + " parameters, not 9");
        }
        JsonNode jobId = parameters.path(0);
        if (!jobId.isTextual() || jobId.asText().length() > MAX_JOB_ID) {
            throw new Sv1ProtocolException("mining.notify with a job id that is no short string");
        }
        JsonNode path = parameters.path(4);
        if (!path.isArray() || path.size() > MAX_MERKLE_STEPS) {
            throw new Sv1ProtocolException(
                    "mining.notify with a merkle path that is no list of up to " + MAX_MERKLE_STEPS);
        }
        List<U256> steps = new ArrayList<>(path.size());
        for (JsonNode step : path) {
            steps.add(U256.fromLittleEndian(bytes(step, U256.LENGTH, "merkle step"), 0));
        }
        return new Sv1Message.Notify(
                jobId.asText(),
                previousHash(parameters.path(1)),
                coinbaseHalf(parameters.path(2), "first"),
                coinbaseHalf(parameters.path(3), "second"),
                steps,
                number(parameters.path(5), "version"),
                number(parameters.path(6), "bits"),
                number(parameters.path(7), "time"),
                parameters.path(8).asBoolean(true));
    }

    /** The header's bytes, but each of the eight words reversed. */
    private static U256 previousHash(JsonNode node) throws Sv1ProtocolException {
        byte[] swapped = bytes(node, U256.LENGTH, "previous hash");
        byte[] raw = new byte[U256.LENGTH];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = swapped[i ^ 3];
        }
        return U256.fromLittleEndian(raw, 0);
    }

    private static Bytes coinbaseHalf(JsonNode node, String which) throws Sv1ProtocolException {
        byte[] half = hex(node, which + " half of the coinbase");
        if (half.length < MIN_COINBASE_HALF) {
            throw new Sv1ProtocolException("the " + which + " half of the coinbase has " + half.length + " bytes");
        }
        return Bytes.of(half);
    }

    private static Sv1Message difficulty(JsonNode parameters) throws Sv1ProtocolException {
        double difficulty = parameters.path(0).asDouble(Double.NaN);
        if (!(difficulty > 0) || Double.isInfinite(difficulty)) {
            throw new Sv1ProtocolException("mining.set_difficulty without a positive number");
        }
        return new Sv1Message.SetDifficulty(difficulty);
    }

    private static Sv1Message reconnect(JsonNode parameters) throws Sv1ProtocolException {
        int port = parameters.path(1).asInt(0);
        if (port < 0 || port > 0xffff) {
            throw new Sv1ProtocolException("client.reconnect to port " + port);
        }
        return new Sv1Message.Reconnect(
                printable(parameters.path(0).asText("")),
                port,
                Math.clamp(parameters.path(2).asInt(0), 0, 600));
    }

    static Bytes extranonce(JsonNode node) throws Sv1ProtocolException {
        byte[] bytes = hex(node, "extranonce");
        if (bytes.length > MAX_EXTRANONCE) {
            throw new Sv1ProtocolException("an extranonce of " + bytes.length + " bytes");
        }
        return Bytes.of(bytes);
    }

    static int extranonceSize(JsonNode node) throws Sv1ProtocolException {
        if (!node.isInt() || node.asInt() < 0 || node.asInt() > MAX_EXTRANONCE) {
            throw new Sv1ProtocolException("an extranonce size that is not 0 to " + MAX_EXTRANONCE);
        }
        return node.asInt();
    }

    /** 32 bits in hexadecimal, most significant digit first. */
    static @U32 long number(JsonNode node, String what) throws Sv1ProtocolException {
        String text = node.asText("");
        if (!node.isTextual() || !HEX_NUMBER.matcher(text).matches()) {
            throw new Sv1ProtocolException("a " + what + " that is no number of eight hexadecimal digits");
        }
        return HexFormat.fromHexDigitsToLong(text);
    }

    private static byte[] bytes(JsonNode node, int length, String what) throws Sv1ProtocolException {
        byte[] bytes = hex(node, what);
        if (bytes.length != length) {
            throw new Sv1ProtocolException("a " + what + " of " + bytes.length + " bytes, not " + length);
        }
        return bytes;
    }

    private static byte[] hex(JsonNode node, String what) throws Sv1ProtocolException {
        try {
            if (node.isTextual()) {
                return HexFormat.of().parseHex(node.asText());
            }
        } catch (IllegalArgumentException e) {
            throw new Sv1ProtocolException("a " + what + " that is not hexadecimal: " + printable(describe(e)));
        }
        throw new Sv1ProtocolException("a " + what + " that is no string");
    }

    private static String printable(String text) {
        return Text.of(text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text)
                .printable();
    }

    private static String describe(Exception e) {
        return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    }
}
