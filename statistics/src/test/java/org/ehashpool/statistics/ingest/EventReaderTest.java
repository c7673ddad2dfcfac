package org.ehashpool.statistics.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.message.MalformedMessageException;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;
import org.junit.jupiter.api.Test;

class EventReaderTest {

    @Test
    void shouldReadSharesAsTheOrdinaryReaderDoes() throws MalformedMessageException {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] payload = MessageJson.write(new StatsMessage.Event(
                    1 + random.nextLong(Long.MAX_VALUE >> random.nextInt(62)),
                    random.nextLong(Long.MAX_VALUE >> random.nextInt(62)),
                    new StatsEvent.ShareAccepted(
                            random.nextLong(Long.MAX_VALUE),
                            random.nextInt(5),
                            random.nextInt(100),
                            new BigInteger(random.nextInt(257), random))));
            assertThat(EventReader.read(payload)).isEqualTo(MessageJson.readFromSender(payload));
        }
    }

    @Test
    void shouldLeaveEveryOtherFormToTheOrdinaryReader() {
        String good =
                "{\"seq\":1,\"at\":2,\"type\":\"share_accepted\",\"downstream_id\":3,\"channel_id\":4,\"count\":5,\"work\":\"60\"}";
        Random random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(good);
            int place = random.nextInt(good.length());
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(place, (char) (' ' + random.nextInt(95)));
                case 1 -> text.insert(place, (char) (' ' + random.nextInt(95)));
                default -> text.deleteCharAt(place);
            }
            byte[] payload = text.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(outcome(payload, true)).as(text.toString()).isEqualTo(outcome(payload, false));
        }
    }

    @Test
    void shouldRefuseNumbersInAnotherForm() {
        for (String work : List.of("", "00", "01", "-1", "1e3", " 1", "9".repeat(79))) {
            byte[] payload = ("{\"seq\":1,\"at\":2,\"type\":\"share_accepted\",\"downstream_id\":3,\"channel_id\":4,"
                            + "\"count\":5,\"work\":\"" + work + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> EventReader.read(payload)).isInstanceOf(MalformedMessageException.class);
        }
    }

    private static String outcome(byte[] payload, boolean fast) {
        try {
            return String.valueOf(fast ? EventReader.read(payload) : MessageJson.readFromSender(payload));
        } catch (MalformedMessageException e) {
            return "malformed";
        }
    }
}
