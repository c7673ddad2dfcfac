package org.ehashpool.statistics.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.statistics.figures.Rows;

/**
 * Figures as JSON and CSV: names in snake_case, times and durations in milliseconds, amounts and work as decimal strings.
 * What has no value is null in JSON and empty in CSV.
 */
final class FigureJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, new InstantWriter())
                    .addSerializer(Duration.class, new DurationWriter())
                    .addSerializer(BigInteger.class, new AmountWriter()))
            .build();

    private FigureJson() {}

    static JsonNode of(Object figures) {
        return MAPPER.valueToTree(figures);
    }

    /** A list under its name, with its total. */
    static ObjectNode of(String name, Rows<?> rows) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("total", rows.total());
        json.put("offset", rows.offset());
        json.put("limit", rows.limit());
        json.set(name, of(rows.rows()));
        return json;
    }

    /** A list under its name. */
    static ObjectNode of(String name, List<?> rows) {
        ObjectNode json = MAPPER.createObjectNode();
        json.set(name, of(rows));
        return json;
    }

    static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }

    /**
     * Rows as CSV, RFC 4180, with a line of names. Fields that hold others are left out.
     *
     * @param type of the rows: its components are the columns
     */
    static String csv(Class<? extends Record> type, List<? extends Record> rows) {
        List<String> columns = new ArrayList<>();
        for (var component : type.getRecordComponents()) {
            if (!List.class.isAssignableFrom(component.getType())
                    && !component.getType().isRecord()) {
                columns.add(new PropertyNamingStrategies.SnakeCaseStrategy().translate(component.getName()));
            }
        }
        StringBuilder text = new StringBuilder(String.join(",", columns)).append("\r\n");
        for (Record row : rows) {
            JsonNode json = of(row);
            List<String> cells = new ArrayList<>();
            columns.forEach(column -> cells.add(cell(json.path(column))));
            text.append(String.join(",", cells)).append("\r\n");
        }
        return text.toString();
    }

    /** Text of others must be no formula to the program that opens it. */
    private static String cell(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        String text = value.asText();
        if (value.isTextual() && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private static final class InstantWriter extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeNumber(value.toEpochMilli());
        }
    }

    private static final class DurationWriter extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeNumber(value.toMillis());
        }
    }

    private static final class AmountWriter extends JsonSerializer<BigInteger> {
        @Override
        public void serialize(BigInteger value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toString());
        }
    }
}
