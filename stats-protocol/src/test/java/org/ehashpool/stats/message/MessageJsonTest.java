package org.ehashpool.stats.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.frame.Frames;
import org.ehashpool.stats.message.StatsMessage.Ack;
import org.ehashpool.stats.message.StatsMessage.Endpoints;
import org.ehashpool.stats.message.StatsMessage.Event;
import org.ehashpool.stats.message.StatsMessage.FromReceiver;
import org.ehashpool.stats.message.StatsMessage.FromSender;
import org.ehashpool.stats.message.StatsMessage.Gap;
import org.ehashpool.stats.message.StatsMessage.Hello;
import org.ehashpool.stats.message.StatsMessage.Refused;
import org.ehashpool.stats.message.StatsMessage.Welcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MessageJsonTest {
    private static final String BOOT = "00112233445566778899aabbccddeeff";
    private static final BigInteger WIDEST = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

    private static final List<StatsEvent> EVENTS = List.of(
            new StatsEvent.Heartbeat(
                    5_000, "0.1", "ready", MessageJson.newObject().put("miners", 3)),
            new StatsEvent.DownstreamConnected(7, "miner", "192.0.2.1:5", "vendor", null, 1),
            new StatsEvent.DownstreamDisconnected(7, "closed by the peer"),
            new StatsEvent.ChannelOpened(7, 2, "extended", "worker.1", 1e12),
            new StatsEvent.ChannelClosed(7, 2, null),
            new StatsEvent.ShareAccepted(7, 2, 100, WIDEST),
            new StatsEvent.ShareRejected(7, 2, "stale-share", 1),
            new StatsEvent.QuoteCreated("https://mint.example", "hash", 2, new BigInteger("9007199254740993")),
            new StatsEvent.QuoteIssued(null, "hash", 1, new BigInteger("18446744073709551615")),
            new StatsEvent.QuoteFailed("https://mint.example", "hash", "conflict", 1, BigInteger.TEN),
            new StatsEvent.BlockFound("00".repeat(32), 900_000L, 7L, "worker.1"),
            new StatsEvent.BlockConfirmed("00".repeat(32), 900_000L, 6),
            new StatsEvent.BlockOrphaned("00".repeat(32), 900_000L),
            new StatsEvent.Hashrate(null, 1.5e12, 60_000),
            new StatsEvent.Balance(null, "hash", BigInteger.ZERO));

    @Test
    void shouldReadEveryEventAsItWasWritten() throws MalformedMessageException {
        Set<Class<?>> covered = new HashSet<>(List.of(StatsEvent.Unknown.class));
        for (StatsEvent event : EVENTS) {
            Event message = new Event(9, 1_700_000_000_123L, event);
            assertThat(MessageJson.readFromSender(MessageJson.write(message))).isEqualTo(message);
            covered.add(event.getClass());
        }
        assertThat(covered).containsExactlyInAnyOrder(StatsEvent.class.getPermittedSubclasses());
    }

    @Test
    void shouldReadEveryOtherMessageAsItWasWritten() throws MalformedMessageException {
        for (FromSender message : List.of(
                new Hello(
                        1, 1, "pool", "a.example", BOOT, "secret", new Endpoints("http://h/health/live", "http://h/s")),
                new Hello(2, null, "pool", "a", BOOT, "secret", null),
                new Gap(3, 9))) {
            assertThat(MessageJson.readFromSender(MessageJson.write(message))).isEqualTo(message);
        }
        for (FromReceiver message : List.of(new Welcome(1, 17), new Refused("busy", "try later"), new Ack(0))) {
            assertThat(MessageJson.readFromReceiver(MessageJson.write(message))).isEqualTo(message);
        }
    }

    @Test
    void shouldHaveTheFormThatTheProtocolNames() {
        assertThat(text(new Event(1, 2, new StatsEvent.ShareAccepted(7, 2, 100, WIDEST))))
                .isEqualTo("{\"seq\":1,\"at\":2,\"type\":\"share_accepted\",\"downstream_id\":7,\"channel_id\":2,"
                        + "\"count\":100,\"work\":\"" + WIDEST + "\"}");
        assertThat(text(new Hello(1, null, "pool", "a", BOOT, "secret", null)))
                .isEqualTo("{\"type\":\"hello\",\"version\":1,\"service\":\"pool\",\"instance\":\"a\",\"boot_id\":\""
                        + BOOT + "\",\"token\":\"secret\"}");
    }

    @Test
    void shouldKeepAnEventOfAnUnknownTypeAsItCame() throws MalformedMessageException {
        String json = "{\"seq\":4,\"at\":5,\"type\":\"coffee_made\",\"cups\":2}";

        Event event = (Event) read(json);

        assertThat(event.event()).isInstanceOf(StatsEvent.Unknown.class);
        assertThat(MessageJson.typeOf(event.event())).isEqualTo("coffee_made");
        assertThat(text(event)).isEqualTo(json);
    }

    @Test
    void shouldReadAnEventWithFieldsOfANewerVersion() throws MalformedMessageException {
        assertThat(read("{\"seq\":4,\"at\":5,\"type\":\"block_orphaned\",\"hash\":\"ab\",\"height\":3,\"colour\":[1]}"))
                .isEqualTo(new Event(4, 5, new StatsEvent.BlockOrphaned("ab", 3L)));
    }

    @Test
    void shouldSayWhatIsWrongWithAPayload() {
        assertMalformed("", "a message is a JSON object");
        assertMalformed("[]", "a message is a JSON object");
        assertMalformed("{", "not JSON");
        assertMalformed("{} {}", "not JSON");
        assertMalformed("{\"type\":1}", "type is missing");
        assertMalformed("{\"type\":\"ack\",\"type\":\"ack\",\"seq\":1}", "Duplicate field");
        assertMalformed("{\"type\":\"heartbeat\"}", "seq is missing");
        assertMalformed("{\"type\":\"x\",\"seq\":1.5,\"at\":1}", "seq is missing or no whole number");
        assertMalformed("{\"type\":\"x\",\"seq\":9223372036854775808,\"at\":1}", "seq is missing");
        assertMalformed("{\"type\":\"x\",\"seq\":0,\"at\":1}", "seq is not positive");
        assertMalformed("{\"type\":\"gap\",\"from\":5,\"to\":4}", "gap: a gap ends before it begins");
        assertMalformed("{\"type\":\"gap\",\"to\":4}", "gap: ");
        assertMalformed(
                "{\"type\":\"block_orphaned\",\"seq\":1,\"at\":1,\"height\":3}", "block_orphaned: hash is missing");
        assertMalformed(
                "{\"type\":\"block_orphaned\",\"seq\":1,\"at\":1,\"hash\":\"a\\u0000\",\"height\":3}",
                "zero character");
        assertMalformed("{\"type\":\"ack\",\"seq\":1}", "not for a sender to say");
        assertMalformed("{\"type\":\"x\",\"a\":" + "[".repeat(100) + "]".repeat(100) + "}", "not JSON");
        assertMalformed("{\"type\":\"hello\",\"version\":1}", "hello: service is not 1 to 63");
    }

    @Test
    void shouldRefuseAmountsThatAReaderMightHaveRounded() {
        for (String amount :
                List.of("1", "\"1e3\"", "\"-1\"", "\"01\"", "\"" + WIDEST.add(BigInteger.ONE) + "\"", "null")) {
            assertMalformed(
                    "{\"type\":\"balance\",\"seq\":1,\"at\":1,\"unit\":\"hash\",\"amount\":" + amount + "}",
                    "balance: ");
        }
    }

    @Test
    void shouldReadOrRefuseEveryTruncationOfAMessage() {
        byte[] payload = MessageJson.write(new Event(1, 2, EVENTS.getFirst()));
        for (int length = 0; length < payload.length; length++) {
            byte[] cut = Arrays.copyOf(payload, length);
            assertThatThrownBy(() -> MessageJson.readFromSender(cut)).isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void shouldRefuseToWriteWhatFitsNoFrame() {
        StatsEvent event = new StatsEvent.Heartbeat(
                1, "0.1", "ready", MessageJson.newObject().put("a", "x".repeat(Frames.LONGEST_PAYLOAD)));

        assertThatThrownBy(() -> MessageJson.write(new Event(1, 1, event)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fits no frame");
    }

    @Test
    void shouldAgreeOnTheNewestVersionBothSpeak() {
        assertThat(hello(1, null).agreed(1, 1)).isEqualTo(1);
        assertThat(hello(3, 1).agreed(1, 2)).isEqualTo(2);
        assertThat(hello(3, 3).agreed(1, 2)).isZero();
        assertThat(hello(3, null).agreed(1, 2)).isZero();
        assertThat(hello(1, 1).agreed(2, 3)).isZero();
    }

    @Test
    void shouldNotTellTheTokenInText() {
        assertThat(new Hello(1, null, "pool", "a", BOOT, "hunter2", null).toString())
                .doesNotContain("hunter2");
    }

    private static Hello hello(int version, @Nullable Integer minVersion) {
        return new Hello(version, minVersion, "pool", "a", BOOT, "secret", null);
    }

    private static FromSender read(String json) throws MalformedMessageException {
        return MessageJson.readFromSender(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(StatsMessage message) {
        return new String(MessageJson.write(message), StandardCharsets.UTF_8);
    }

    private static void assertMalformed(String json, String reason) {
        assertThatThrownBy(() -> read(json))
                .as(json)
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(reason);
    }
}
