package org.ehashpool.sv2.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.Tlv;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message of vectors/stratum-core: read with the meaning it was written with, and written as it was read. */
final class ReferenceMessagesTest {
    static Stream<Vector> vectors() throws IOException {
        try (InputStream file =
                ReferenceMessagesTest.class.getResourceAsStream("/vectors/stratum-core/messages.json")) {
            return new ObjectMapper()
                    .readTree(Objects.requireNonNull(file))
                    .path("messages")
                    .valueStream()
                    .map(Vector::new);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldUnderstandWhatTheReferenceWrites(Vector vector) throws Exception {
        Decoded decoded = vector.decode();

        assertThat(MessageCodec.info(decoded.message()).name()).isEqualTo(vector.name());
        RecordComponent[] components = decoded.message().getClass().getRecordComponents();
        List<JsonNode> fields = vector.json().path("fields").valueStream().toList();
        assertThat(components).hasSameSizeAs(fields);
        for (int i = 0; i < components.length; i++) {
            JsonNode field = fields.get(i);
            assertThat(components[i].getName().toLowerCase(Locale.ROOT))
                    .isEqualTo(field.path("name").asText().replace("_", "").toLowerCase(Locale.ROOT));
            Object value = components[i].getAccessor().invoke(decoded.message());
            assertThat(asJson(value, field.path("type").asText()))
                    .as(components[i].getName())
                    .isEqualTo(field.path("value").toString());
        }
        assertThat(decoded.tlvs()).isEqualTo(vector.tlvs());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldWriteWhatTheReferenceWrites(Vector vector) {
        Message message = vector.decode().message();
        byte[] payload = new byte[MessageCodec.encodedLength(message, vector.tlvs())];

        int end = MessageCodec.encode(message, vector.tlvs(), ByteOrder.LITTLE_ENDIAN, payload, 0);

        assertThat(end).isEqualTo(payload.length);
        assertThat(payload).isEqualTo(vector.payload());
        assertThat(MessageCodec.header(message, payload.length)).isEqualTo(vector.header());
    }

    @Test
    void shouldCoverEveryMessageOfTheSpecification() throws IOException {
        List<String> covered = vectors()
                .map(vector -> vector.extension() + " " + vector.type())
                .distinct()
                .toList();
        List<String> ours = MessageCodec.messages().stream()
                .filter(info -> info.extension() <= 0x0001 && info.number() < 0x80)
                .map(info -> info.extension() + " " + info.number())
                .toList();

        assertThat(covered).containsExactlyInAnyOrderElementsOf(ours);
    }

    /** The value as the vectors' file writes it. */
    private static String asJson(Object value, String type) {
        return switch (value) {
            case Float number -> Double.toString(number);
            case Long number when type.equals("U64") -> quoted(Long.toUnsignedString(number));
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            case U256 number -> quoted(number.toLittleEndian().toHex());
            case Bytes bytes -> quoted(bytes.toHex());
            case Text text when Text.of(text.toString()).equals(text) -> quoted(text.toString());
            case Text text -> "{\"hex\":" + quoted(text.bytes().toHex()) + "}";
            case OptionalLong number -> number.isPresent() ? Long.toString(number.getAsLong()) : "null";
            case List<?> elements -> {
                List<String> written = new ArrayList<>();
                for (Object element : elements) {
                    written.add(asJson(Objects.requireNonNull(element), ""));
                }
                yield "[" + String.join(",", written) + "]";
            }
            default -> throw new IllegalArgumentException("no wire value: " + value.getClass());
        };
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    record Vector(JsonNode json) {
        String name() {
            return json.path("name").asText();
        }

        int extension() {
            return json.path("extension_type").asInt();
        }

        int type() {
            return json.path("msg_type").asInt();
        }

        byte[] payload() {
            return HexFormat.of().parseHex(json.path("payload").asText());
        }

        FrameHeader header() {
            return new FrameHeader(extension(), json.path("channel_bit").asBoolean(), type(), payload().length);
        }

        List<Tlv> tlvs() {
            return json.path("tlvs")
                    .valueStream()
                    .map(tlv -> {
                        assertThat(tlv.path("extension_type").asInt()).isEqualTo(WorkerTracking.EXTENSION);
                        Bytes value = Bytes.fromHex(tlv.path("value").asText());
                        return WorkerTracking.userIdentity(Text.of(value));
                    })
                    .toList();
        }

        /** Decodes on the connection and from the side where the message may come. */
        Decoded decode() {
            FrameHeader header = header();
            Reception reception = receptions()
                    .filter(candidate -> isAdmitted(candidate, header))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("admitted nowhere: " + header));
            Received received = MessageCodec.decode(reception, header, payload(), 0);
            assertThat(received).isInstanceOf(Decoded.class);
            return (Decoded) received;
        }

        private static Stream<Reception> receptions() {
            Extensions extensions = Extensions.of(WorkerTracking.EXTENSION);
            return Stream.of(Sender.values())
                    .map(sender -> Reception.setup(sender, Limits.DEFAULT))
                    .flatMap(setup -> Stream.concat(
                            Stream.of(setup),
                            Stream.of(Protocol.values())
                                    .map(protocol -> setup.established(protocol).negotiated(extensions))));
        }

        private static boolean isAdmitted(Reception reception, FrameHeader header) {
            try {
                MessageCodec.admit(reception, header);
                return reception.protocol().isPresent() || header.extensionType() == 0;
            } catch (ProtocolViolationException e) {
                return false;
            }
        }

        @Override
        public String toString() {
            return name() + " " + json.path("case").asText();
        }
    }
}
