package org.ehashpool.kit.stats.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {
    private static final String FIRST = "1".repeat(32);
    private static final String SECOND = "2".repeat(32);
    private static final long LIMIT = 1 << 20;

    @TempDir
    private Path directory;

    @Test
    void shouldGiveBackWhatWasAppended() throws IOException {
        try (Spool spool = Spool.open(directory, FIRST, LIMIT)) {
            spool.append(records(1, 100));
            assertThat(spool.read(FIRST, 0, 1 << 16)).isEqualTo(records(1, 100));
            assertThat(spool.read(FIRST, 100, 1 << 16)).isEmpty();
            spool.append(records(101, 110));
            assertThat(spool.read(FIRST, 100, 1 << 16)).isEqualTo(records(101, 110));
            assertThat(spool.read(FIRST, 50, 1 << 16)).isEqualTo(records(51, 110));
        }
    }

    @Test
    void shouldReadThroughManyFilesInSmallPieces() throws IOException {
        try (Spool spool = Spool.open(directory, FIRST, LIMIT)) {
            for (int i = 0; i < 40; i++) {
                spool.append(records(i * 50L + 1, i * 50L + 50));
            }
            List<SpoolRecord> read = new ArrayList<>();
            List<SpoolRecord> piece = spool.read(FIRST, 0, 1);
            while (!piece.isEmpty()) {
                read.addAll(piece);
                piece = spool.read(FIRST, read.getLast().seq(), 1_000);
            }
            assertThat(read).isEqualTo(records(1, 2_000));
        }
    }

    @Test
    void shouldSendAnEarlierBootFirstAndForgetItWhenAllOfItIsAcknowledged() throws IOException {
        try (Spool spool = Spool.open(directory, FIRST, LIMIT)) {
            spool.append(records(1, 3));
        }
        try (Spool spool = Spool.open(directory, SECOND, LIMIT)) {
            spool.append(records(1, 5));
            assertThat(spool.oldestBoot()).isEqualTo(FIRST);
            assertThat(spool.read(FIRST, 1, 1 << 16)).isEqualTo(records(2, 3));
            spool.acknowledge(FIRST, 2);
            assertThat(spool.oldestBoot()).isEqualTo(FIRST);
            spool.acknowledge(FIRST, 3);
            assertThat(spool.oldestBoot()).isEqualTo(SECOND);
            assertThat(spool.read(SECOND, 0, 1 << 16)).isEqualTo(records(1, 5));
        }
        assertThat(files()).hasSize(1);
    }

    @Test
    void shouldCutATornTailAtEveryByte() throws IOException {
        try (Spool spool = Spool.open(directory, FIRST, LIMIT)) {
            spool.append(records(1, 3));
        }
        byte[] whole = Files.readAllBytes(files().getFirst());
        int twoRecords = whole.length - records(3, 3).getFirst().size();
        for (int length = twoRecords; length < whole.length; length++) {
            Path elsewhere = Files.createDirectories(directory.resolve("cut-" + length));
            Path boot = Files.createDirectories(elsewhere.resolve("0000000001-" + FIRST));
            byte[] torn = Arrays.copyOf(whole, length);
            Files.write(boot.resolve("00000000000000000001.events"), torn);
            try (Spool spool = Spool.open(elsewhere, SECOND, LIMIT)) {
                assertThat(spool.read(FIRST, 0, 1 << 16))
                        .as("cut at %d", length)
                        .isEqualTo(records(1, 2));
            }
        }
    }

    @Test
    void shouldStopAtARecordThatIsDamaged() throws IOException {
        try (Spool spool = Spool.open(directory, FIRST, LIMIT)) {
            spool.append(records(1, 3));
        }
        Path file = files().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        try (Spool spool = Spool.open(directory, SECOND, LIMIT)) {
            assertThat(spool.read(FIRST, 0, 1 << 16)).isEqualTo(records(1, 2));
        }
    }

    @Test
    void shouldDropTheOldestBeyondItsLimitAndKeepTheNewest() throws IOException {
        try (Spool spool = Spool.open(directory, FIRST, LIMIT)) {
            for (int i = 1; i <= 50_000; i += 500) {
                spool.append(records(i, i + 499));
            }
            assertThat(spool.bytes()).isLessThanOrEqualTo(LIMIT);
            List<SpoolRecord> left = spool.read(FIRST, 0, 1);
            assertThat(left.getFirst().seq()).isGreaterThan(1);
            assertThat(spool.droppedEvents()).isEqualTo(left.getFirst().seq() - 1);
            assertThat(spool.read(FIRST, 49_999, 1)).isEqualTo(records(50_000, 50_000));
        }
    }

    @Test
    void shouldNotCountAsDroppedWhatWasAcknowledged() throws IOException {
        try (Spool spool = Spool.open(directory, FIRST, LIMIT)) {
            spool.append(records(1, 500));
            spool.acknowledge(FIRST, 400);
            for (int i = 501; i <= 50_000; i += 500) {
                spool.append(records(i, i + 499));
            }
            long first = spool.read(FIRST, 0, 1).getFirst().seq();
            assertThat(first).isGreaterThan(501);
            assertThat(spool.droppedEvents()).isEqualTo(first - 1 - 400);
        }
    }

    @Test
    void shouldLetGoOfAcknowledgedFiles() throws IOException {
        try (Spool spool = Spool.open(directory, FIRST, LIMIT)) {
            for (int i = 1; i <= 10_000; i += 500) {
                spool.append(records(i, i + 499));
            }
            long before = spool.bytes();
            spool.acknowledge(FIRST, 9_000);
            assertThat(spool.bytes()).isLessThan(before / 2);
            assertThat(spool.read(FIRST, 9_000, 1 << 20)).isEqualTo(records(9_001, 10_000));
        }
    }

    @Test
    void shouldRefuseADirectoryThatIsInUse() throws IOException {
        try (Spool spool = Spool.open(directory, FIRST, LIMIT)) {
            assertThat(spool.bytes()).isZero();
            assertThatThrownBy(() -> Spool.open(directory, SECOND, LIMIT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".events")).toList();
        }
    }

    private static List<SpoolRecord> records(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(seq -> new SpoolRecord(seq, ("event " + seq).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
