package org.ehashpool.sv2.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehashpool.sv2.message.Common;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.ExtensionsNegotiation;
import org.ehashpool.sv2.message.JobDeclaration;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.MintQuote;
import org.ehashpool.sv2.message.TemplateDistribution;
import org.junit.jupiter.api.Test;

/** Holds every record against the tables of the specification, and against those of our own extension. */
class SpecificationTableTest {
    private static final Map<String, Class<? extends Message>> CHAPTERS = Map.of(
            "03", Common.class,
            "05", Mining.class,
            "06", JobDeclaration.class,
            "07", TemplateDistribution.class,
            "0x0001", ExtensionsNegotiation.class,
            "ehash", Ehash.class,
            "mint-quote", MintQuote.class);

    @Test
    void shouldHaveFieldNamesOrderAndTypesOfTheTables() {
        List<String> expected = Stream.of("sv2-spec", "ehash")
                .flatMap(source -> Csv.read("/vectors/" + source + "/message-fields.csv").stream())
                .map(row -> String.join(
                        " ",
                        row.get("chapter"),
                        row.get("message"),
                        row.get("index"),
                        row.get("field"),
                        row.get("type")))
                .toList();

        List<String> actual = new ArrayList<>();
        for (MessageInfo info : MessageCodec.messages()) {
            actual.addAll(fields(chapter(info), info.name(), RecordCodec.of(info.type())));
        }
        actual.addAll(fields("ehash", "Mint", RecordCodec.of(Ehash.Mint.class)));

        assertThat(expected).hasSizeGreaterThan(200);
        assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void shouldHaveNumbersAndChannelBitsOfTheTables() {
        List<String> expected = Stream.of("sv2-spec", "ehash")
                .flatMap(source -> Csv.read("/vectors/" + source + "/message-types.csv").stream())
                .map(row -> String.join(
                        " ", row.get("message"), row.get("type"), row.get("channel_msg"), row.get("extension_type")))
                .toList();

        assertThat(MessageCodec.messages())
                .extracting(info -> "%s 0x%02x %d 0x%04x"
                        .formatted(info.name(), info.number(), info.channelMessage() ? 1 : 0, info.extension()))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void shouldHaveSendersOfTheHeadings() {
        Set<String> expected = new TreeSet<>();
        for (Map<String, String> row : Csv.read("/vectors/sv2-spec/message-directions.csv")) {
            expected.add(String.join(" ", row.get("chapter"), row.get("message"), row.get("direction")));
        }
        for (Map<String, String> row : Csv.read("/vectors/ehash/message-types.csv")) {
            expected.add(String.join(" ", row.get("chapter"), row.get("message"), row.get("direction")));
        }
        // Its heading says server, its text speaks of changes on both sides: see the record.
        expected.remove("03 ChannelEndpointChanged server");
        expected.add("03 ChannelEndpointChanged client+server");

        Set<String> actual = new TreeSet<>();
        for (MessageInfo info : MessageCodec.messages()) {
            actual.add(String.join(" ", chapter(info), info.name(), senders(info.type())));
        }
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void shouldBeginWithChannelIdWhenChannelBitIsSet() {
        assertThat(MessageCodec.messages())
                .filteredOn(MessageInfo::channelMessage)
                .allSatisfy(info -> {
                    RecordLayout.Field first =
                            RecordCodec.of(info.type()).layout().fields().getFirst();
                    assertThat(first.name()).isEqualTo("channel_id");
                    assertThat(first.type()).isSameAs(LeafType.U32);
                });
    }

    private static List<String> fields(String chapter, String message, RecordCodec codec) {
        List<String> rows = new ArrayList<>();
        for (RecordLayout.Field field : codec.layout().fields()) {
            rows.add(String.join(
                    " ",
                    chapter,
                    message,
                    Integer.toString(rows.size()),
                    field.name(),
                    field.type().toString()));
        }
        return rows;
    }

    private static String chapter(MessageInfo info) {
        return CHAPTERS.entrySet().stream()
                .filter(chapter -> chapter.getValue().isAssignableFrom(info.type()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static String senders(Class<?> type) {
        String client = Message.FromClient.class.isAssignableFrom(type) ? "client" : null;
        String server = Message.FromServer.class.isAssignableFrom(type) ? "server" : null;
        return Stream.of(client, server).filter(Objects::nonNull).collect(Collectors.joining("+"));
    }
}
