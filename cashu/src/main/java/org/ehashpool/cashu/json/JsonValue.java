package org.ehashpool.cashu.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;
import org.jspecify.annotations.Nullable;

/** A value of a text that is read, and where it stands. Every question is answered, or is a {@link MalformedJsonException}. */
public final class JsonValue {
    private static final int LONG_BITS = 63;

    private final JsonNode node;
    private final @Nullable JsonValue parent;
    private final String step;

    JsonValue(JsonNode node) {
        this(node, null, "");
    }

    private JsonValue(JsonNode node, @Nullable JsonValue parent, String step) {
        this.node = node;
        this.parent = parent;
        this.step = step;
    }

    /** A member that must be there. */
    public JsonValue member(String name) {
        return find(name).orElseThrow(() -> new JsonValue(node, this, name).problem("is missing"));
    }

    /** A member that may be missing or {@code null}. */
    public Optional<JsonValue> find(String name) {
        if (!node.isObject()) {
            throw problem("an object is expected");
        }
        JsonNode member = node.get(name);
        return member == null || member.isNull() ? Optional.empty() : Optional.of(new JsonValue(member, this, name));
    }

    /** The names of an object's members, as they stand. */
    public List<String> names() {
        if (!node.isObject()) {
            throw problem("an object is expected");
        }
        List<String> names = new ArrayList<>(node.size());
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /**
     * The elements of an array.
     *
     * @param limit how many there may be
     */
    public List<JsonValue> elements(int limit) {
        return elements(limit, ErrorCode.REQUEST_INVALID);
    }

    private List<JsonValue> elements(int limit, ErrorCode excess) {
        if (!node.isArray()) {
            throw problem("an array is expected");
        }
        if (node.size() > limit) {
            throw problem(excess, "more than " + limit + " elements");
        }
        List<JsonValue> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(new JsonValue(node.get(i), this, Integer.toString(i)));
        }
        return elements;
    }

    /** The elements of an array, read one by one. */
    public <T> List<T> elements(int limit, Function<JsonValue, T> each) {
        return elements(limit).stream().map(each).toList();
    }

    /** The elements of an array, read one by one; more than the limit are refused by that code. */
    <T> List<T> elements(int limit, ErrorCode excess, Function<JsonValue, T> each) {
        return elements(limit, excess).stream().map(each).toList();
    }

    /** How many elements or members it has; zero if it is neither array nor object. */
    public int size() {
        return node.size();
    }

    public boolean isNull() {
        return node.isNull();
    }

    public boolean isText() {
        return node.isTextual();
    }

    public boolean isObject() {
        return node.isObject();
    }

    /**
     * A string of whole code points.
     *
     * @param limit the most characters it may have
     */
    public String text(int limit) {
        String text = secret(limit);
        // Databases have no text with it.
        if (text.indexOf('\0') >= 0) {
            throw problem("a zero character");
        }
        return text;
    }

    /** A string of whole code points, of whatever kind. */
    String secret(int limit) {
        if (!node.isTextual()) {
            throw problem("a string is expected");
        }
        String text = node.textValue();
        if (text.length() > limit) {
            throw problem("longer than " + limit + " characters");
        }
        // Half a surrogate pair has no UTF-8: encoders write another character, and two texts become one.
        if (text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw problem("half a surrogate pair");
        }
        return text;
    }

    public boolean bool() {
        if (!node.isBoolean()) {
            throw problem("true or false is expected");
        }
        return node.booleanValue();
    }

    /** An integer of any size, written as one. */
    public BigInteger integer() {
        if (!node.isIntegralNumber()) {
            throw problem("an integer is expected");
        }
        return node.bigIntegerValue();
    }

    /** An integer from zero to 2^63 − 1. */
    public long natural() {
        BigInteger value = integer();
        if (value.signum() < 0 || value.bitLength() > LONG_BITS) {
            throw problem("an integer from 0 to 2^63 - 1 is expected");
        }
        return value.longValue();
    }

    /** An amount: an integer from 0 to 2^64 − 1. */
    public Amount amount() {
        BigInteger value = integer();
        if (value.signum() < 0 || value.bitLength() > Amount.BITS) {
            throw problem(ErrorCode.AMOUNT_OUTSIDE_LIMIT, "an integer from 0 to 2^64 - 1 is expected");
        }
        return Amount.of(value);
    }

    /** A point in 66 hexadecimal digits; another string is refused by that code. */
    PublicKey point(ErrorCode otherwise) {
        try {
            return PublicKey.parse(text(Integer.MAX_VALUE));
        } catch (IllegalArgumentException e) {
            throw problem(otherwise, "a compressed point in hexadecimal digits is expected");
        }
    }

    /** A keyset id in full. */
    KeysetId keysetId() {
        try {
            return KeysetId.parse(text(Integer.MAX_VALUE));
        } catch (IllegalArgumentException e) {
            throw problem(ErrorCode.KEYSET_UNKNOWN, "a keyset id in hexadecimal digits is expected");
        }
    }

    /** As many bytes in hexadecimal digits. */
    byte[] bytes(int length) {
        String hex = text(Integer.MAX_VALUE);
        if (hex.length() != 2 * length || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw problem(2 * length + " hexadecimal digits are expected");
        }
        return HexFormat.of().parseHex(hex);
    }

    /** The value as text, for members that carry JSON in a string or as it is. */
    String embedded(int limit) {
        return node.isTextual()
                ? text(limit)
                : new JsonValue(TextNode.valueOf(JsonText.write(node)), parent, step).text(limit);
    }

    /** What is wrong with this value, to be thrown. */
    public MalformedJsonException problem(String problem) {
        return problem(ErrorCode.REQUEST_INVALID, problem);
    }

    MalformedJsonException problem(ErrorCode code, String problem) {
        return new MalformedJsonException(code, place(), problem);
    }

    private String place() {
        if (parent == null) {
            return "";
        }
        String before = parent.place();
        if (parent.node.isArray()) {
            return before + "[" + step + "]";
        }
        return before.isEmpty() ? step : before + "." + step;
    }
}
