package org.ehashpool.stats.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.frame.Frames;

/** Messages as JSON, derived from the records: names in snake_case, unsigned numbers as decimal strings. */
public final class MessageJson {
    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 80;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxStringLength(Frames.LONGEST_PAYLOAD)
                            .maxNameLength(1_024)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // Names are the senders' choice: nothing of them may stay behind.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, null))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(new SimpleModule()
                    .addSerializer(BigInteger.class, new DecimalWriter())
                    .addDeserializer(BigInteger.class, new DecimalReader()))
            .build();

    private static final Map<String, Class<?>> CONTROL = names(
            StatsMessage.Hello.class,
            StatsMessage.Welcome.class,
            StatsMessage.Refused.class,
            StatsMessage.Gap.class,
            StatsMessage.Ack.class);
    private static final Map<String, Class<?>> EVENTS = events();

    private MessageJson() {}

    /**
     * The payload of a message.
     *
     * @throws IllegalArgumentException when it is longer than a frame takes
     */
    public static byte[] write(StatsMessage message) {
        ObjectNode json =
                switch (message) {
                    case StatsMessage.Event event -> event(event);
                    case StatsMessage.FromSender sender -> typed(sender);
                    case StatsMessage.FromReceiver receiver -> typed(receiver);
                };
        try {
            byte[] payload = MAPPER.writeValueAsBytes(json);
            if (payload.length > Frames.LONGEST_PAYLOAD) {
                throw new IllegalArgumentException(
                        typeOf(message.getClass()) + " of " + payload.length + " bytes fits no frame");
            }
            return payload;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree has a text", e);
        }
    }

    /**
     * What a sender says. Events of unknown types and unknown fields of known ones are no error.
     *
     * @throws MalformedMessageException when the payload is none of a sender's messages, saying why
     */
    public static StatsMessage.FromSender readFromSender(byte[] payload) throws MalformedMessageException {
        return switch (read(payload)) {
            case StatsMessage.FromSender sender -> sender;
            case StatsMessage.FromReceiver receiver ->
                throw new MalformedMessageException(typeOf(receiver.getClass()) + " is not for a sender to say");
        };
    }

    /**
     * What a receiver says.
     *
     * @throws MalformedMessageException when the payload is none of a receiver's messages, saying why
     */
    public static StatsMessage.FromReceiver readFromReceiver(byte[] payload) throws MalformedMessageException {
        return switch (read(payload)) {
            case StatsMessage.FromReceiver receiver -> receiver;
            case StatsMessage.FromSender sender ->
                throw new MalformedMessageException("only a sender says such a message");
        };
    }

    /** The {@code type} of an event on the wire. */
    public static String typeOf(StatsEvent event) {
        return event instanceof StatsEvent.Unknown unknown ? unknown.type() : typeOf(event.getClass());
    }

    /** An object to put details into. */
    public static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    /**
     * Reads an object, such as a heartbeat's details.
     *
     * @throws MalformedMessageException when the text is no JSON object
     */
    public static ObjectNode readObject(byte[] payload) throws MalformedMessageException {
        try {
            JsonNode tree = MAPPER.readTree(payload);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new MalformedMessageException("a message is a JSON object");
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException("not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            // Bytes that are no UTF-8 come as such.
            throw new MalformedMessageException("not JSON: " + e.getMessage());
        }
    }

    private static StatsMessage read(byte[] payload) throws MalformedMessageException {
        ObjectNode json = readObject(payload);
        JsonNode type = json.path("type");
        if (!type.isTextual()) {
            throw new MalformedMessageException("type is missing");
        }
        Class<?> control = CONTROL.get(type.textValue());
        if (control != null) {
            return (StatsMessage) bind(json, control);
        }
        long seq = number(json, "seq");
        long at = number(json, "at");
        Class<?> known = EVENTS.get(type.textValue());
        try {
            StatsEvent event =
                    known == null ? new StatsEvent.Unknown(type.textValue(), json) : (StatsEvent) bind(json, known);
            return new StatsMessage.Event(seq, at, event);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException(type.textValue() + ": " + e.getMessage());
        }
    }

    private static Object bind(ObjectNode json, Class<?> type) throws MalformedMessageException {
        try {
            return MAPPER.treeToValue(json, type);
        } catch (JsonProcessingException e) {
            Throwable cause = e.getCause();
            String reason = cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage();
            throw new MalformedMessageException(typeOf(type) + ": " + reason);
        }
    }

    private static long number(ObjectNode json, String field) throws MalformedMessageException {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new MalformedMessageException(field + " is missing or no whole number");
        }
        return value.longValue();
    }

    private static ObjectNode event(StatsMessage.Event event) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("seq", event.seq())
                .put("at", event.at())
                .put("type", typeOf(event.event()));
        ObjectNode fields = event.event() instanceof StatsEvent.Unknown unknown
                ? unknown.fields().deepCopy().without(List.of("seq", "at", "type"))
                : MAPPER.valueToTree(event.event());
        json.setAll(fields);
        return json;
    }

    private static ObjectNode typed(StatsMessage message) {
        ObjectNode json = MAPPER.createObjectNode().put("type", typeOf(message.getClass()));
        ObjectNode fields = MAPPER.valueToTree(message);
        json.setAll(fields);
        return json;
    }

    private static String typeOf(Class<?> record) {
        return record.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static Map<String, Class<?>> events() {
        Map<String, Class<?>> types = names(StatsEvent.class.getPermittedSubclasses());
        types.remove(typeOf(StatsEvent.Unknown.class));
        return Map.copyOf(types);
    }

    private static Map<String, Class<?>> names(Class<?>... records) {
        Map<String, Class<?>> types = new LinkedHashMap<>();
        for (Class<?> record : records) {
            types.put(typeOf(record), record);
        }
        return types;
    }

    private static final class DecimalWriter extends JsonSerializer<BigInteger> {
        @Override
        public void serialize(BigInteger value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toString());
        }
    }

    /** Strict: a number that some reader might have rounded is refused. */
    private static final class DecimalReader extends JsonDeserializer<BigInteger> {
        private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,77}");

        @Override
        public BigInteger deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.hasToken(JsonToken.VALUE_STRING)
                    || !DECIMAL.matcher(json.getText()).matches()) {
                return context.reportInputMismatch(BigInteger.class, "an unsigned decimal string is expected");
            }
            return new BigInteger(json.getText());
        }
    }
}
