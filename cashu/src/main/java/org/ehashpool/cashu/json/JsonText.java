package org.ehashpool.cashu.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON text, as RFC 8259 has it: UTF-8, each name once in an object, one value and nothing after it. */
public final class JsonText {
    /** How deep arrays and objects may stand in one another. */
    public static final int DEPTH = 32;

    private static final int NUMBER_LENGTH = 64;
    private static final int NAME_LENGTH = 256;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxNumberLength(NUMBER_LENGTH)
                            .maxNameLength(NAME_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonText() {}

    /**
     * Reads a text.
     *
     * @param limit the longest text that is looked at, in bytes
     * @throws MalformedJsonException if it is longer, no UTF-8, or no JSON
     */
    public static JsonValue read(byte[] utf8, int limit) {
        if (utf8.length > limit) {
            throw new MalformedJsonException("longer than " + limit + " bytes");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("not UTF-8");
        }
        return read(text, limit);
    }

    /**
     * Reads a text.
     *
     * @param limit the longest text that is looked at, in characters
     * @throws MalformedJsonException if it is longer, or no JSON
     */
    public static JsonValue read(String text, int limit) {
        if (text.length() > limit) {
            throw new MalformedJsonException("longer than " + limit + " characters");
        }
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new MalformedJsonException(isDoubled(e) ? "a member is there twice" : "not JSON");
        }
        return new JsonValue(node);
    }

    /** Whether it was JSON but for a name that is there twice; the parser says so in words alone. */
    private static boolean isDoubled(JsonProcessingException e) {
        return e.getOriginalMessage().startsWith("Duplicate ");
    }

    /** The shortest text of a value. */
    public static String write(JsonNode value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always written", e);
        }
    }
}
