package org.ehashpool.translator.sv1;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one line's JSON object. What a line can cost is bounded by its length, its depth and the number of its values. */
final class JsonReader {
    /** Of arrays and objects; mining.configure needs three. */
    static final int MAX_DEPTH = 6;

    static final int MAX_VALUES = 128;
    private static final int MAX_NUMBER = 64;
    private static final int MAX_NAME = 128;

    // Jackson bounds the table of names that it keeps; interned ones would stay for ever.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .maxNameLength(MAX_NAME)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final JsonParser parser;
    private int values;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    static Json.Fields read(byte[] line, int offset, int length) throws MalformedLineException {
        try (JsonParser parser = FACTORY.createParser(line, offset, length)) {
            JsonReader reader = new JsonReader(parser);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedLineException("no JSON object");
            }
            Json.Fields fields = reader.fields();
            if (parser.nextToken() != null) {
                throw new MalformedLineException("more than one JSON value");
            }
            return fields;
        } catch (IOException e) {
            // Its message quotes the peer's bytes.
            throw new MalformedLineException("no JSON: " + e.getClass().getSimpleName());
        }
    }

    private Json.Fields fields() throws IOException, MalformedLineException {
        Map<String, Json> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            fields.put(name, value(parser.nextToken()));
        }
        return new Json.Fields(fields);
    }

    private Json value(@Nullable JsonToken token) throws IOException, MalformedLineException {
        if (++values > MAX_VALUES) {
            throw new MalformedLineException("more than " + MAX_VALUES + " values");
        }
        return switch (token) {
            case START_OBJECT -> fields();
            case START_ARRAY -> array();
            case VALUE_STRING -> new Json.Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(parser.getText());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> Json.nothing();
            case null -> throw new MalformedLineException("the line ends within its JSON object");
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new MalformedLineException("no JSON");
        };
    }

    private Json.Array array() throws IOException, MalformedLineException {
        List<Json> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token));
        }
        return new Json.Array(items);
    }
}
