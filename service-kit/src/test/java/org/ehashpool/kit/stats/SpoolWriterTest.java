package org.ehashpool.kit.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.kit.stats.spool.Spool;
import org.ehashpool.kit.stats.spool.SpoolRecord;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.frame.FrameDecoder;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolWriterTest {
    private static final String BOOT = "1".repeat(32);

    @TempDir
    private Path directory;

    @Test
    void shouldUseUpANumberForEachEventThatFoundNoRoom() throws Exception {
        SpoolWriter writer = new SpoolWriter(16, InstantSource.system(), () -> 0);
        try (Spool spool = Spool.open(directory, BOOT, 1 << 20)) {
            for (long i = 0; i < 20; i++) {
                writer.offer(new StatsEvent.BlockOrphaned("ab", i));
            }
            assertThat(writer.dropped()).isEqualTo(4);
            assertThat(writer.move(spool)).isTrue();
            writer.offer(new StatsEvent.BlockOrphaned("ab", 20L));
            assertThat(writer.move(spool)).isTrue();

            List<SpoolRecord> records = spool.read(BOOT, 0, 1 << 16);
            assertThat(records).hasSize(17);
            assertThat(records.getLast().seq()).isEqualTo(21);
            assertThat(writer.dropped()).isEqualTo(4);
            assertThat(frames(new SendingWindow(0, 100), records))
                    .contains(new StatsMessage.Gap(17, 20))
                    .hasSize(18);
        }
    }

    @Test
    void shouldDropAnEventThatFitsNoFrame() throws Exception {
        SpoolWriter writer = new SpoolWriter(16, InstantSource.system(), () -> 0);
        try (Spool spool = Spool.open(directory, BOOT, 1 << 20)) {
            writer.offer(new StatsEvent.Heartbeat(
                    1, "0.1", "ready", MessageJson.newObject().put("a", "x".repeat(70_000))));
            writer.offer(new StatsEvent.BlockOrphaned("ab", 1L));
            assertThat(writer.move(spool)).isTrue();

            assertThat(spool.read(BOOT, 0, 1 << 16).stream().map(SpoolRecord::seq))
                    .containsExactly(2L);
            assertThat(writer.dropped()).isEqualTo(1);
        }
    }

    @Test
    void shouldHoldASenderThatIsTooFarAheadAndAReceiverThatIs() {
        SendingWindow window = new SendingWindow(5, 3);
        assertThat(window.isOpen()).isTrue();
        assertThat(window.frames(List.of(record(6), record(7), record(8)))).isNotEmpty();
        assertThat(window.isOpen()).isFalse();
        assertThat(window.acknowledge(9)).isFalse();
        assertThat(window.acknowledge(7)).isTrue();
        assertThat(window.acknowledge(6)).isFalse();
        assertThat(window.isOpen()).isTrue();
        assertThat(window.unacknowledged()).isEqualTo(1);
    }

    private static SpoolRecord record(long seq) {
        return new SpoolRecord(
                seq, MessageJson.write(new StatsMessage.Event(seq, 1, new StatsEvent.BlockOrphaned("ab", seq))));
    }

    private static List<StatsMessage> frames(SendingWindow window, List<SpoolRecord> records) throws Exception {
        byte[] bytes = window.frames(records);
        List<byte[]> payloads = new ArrayList<>();
        new FrameDecoder().feed(bytes, 0, bytes.length, payloads::add);
        List<StatsMessage> messages = new ArrayList<>();
        for (byte[] payload : payloads) {
            messages.add(MessageJson.readFromSender(payload));
        }
        return messages;
    }
}
