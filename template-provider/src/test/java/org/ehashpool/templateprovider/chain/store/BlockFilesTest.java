package org.ehashpool.templateprovider.chain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ehashpool.sv2.type.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockFilesTest {
    private static final long BITS = 0x1e00_ffffL;
    private static final long SIZE = 1 << 20;

    @TempDir
    Path directory;

    private final List<Bytes> blocks = new ArrayList<>();

    private void write(int count, long fileSize) throws IOException {
        Random random = new Random(7);
        try (BlockFiles files = BlockFiles.open(directory, BITS, fileSize)) {
            files.replay((location, block) -> {});
            for (int i = 0; i < count; i++) {
                byte[] bytes = new byte[100 + random.nextInt(400)];
                random.nextBytes(bytes);
                blocks.add(Bytes.of(bytes));
                long location = files.append(blocks.getLast());
                assertThat(files.read(location)).isEqualTo(blocks.getLast());
            }
        }
    }

    private List<Bytes> read() throws IOException {
        List<Bytes> found = new ArrayList<>();
        try (BlockFiles files = BlockFiles.open(directory, BITS, SIZE)) {
            files.replay((location, block) -> {
                assertThat(files.read(location)).isEqualTo(block);
                found.add(block);
            });
        }
        return found;
    }

    private Path file(int number) {
        return directory.resolve("blocks-%05d.dat".formatted(number));
    }

    @Test
    void shouldGiveBackAllBlocksInOrder() throws IOException {
        write(20, SIZE);
        assertThat(read()).isEqualTo(blocks);
    }

    @Test
    void shouldGoOnInTheNextFileWhenOneIsFull() throws IOException {
        write(20, 1_000);
        assertThat(file(3)).exists();
        assertThat(read()).isEqualTo(blocks);
    }

    @Test
    void shouldCutOffWhatAPowerCutLeftOfTheLastBlock() throws IOException {
        write(3, SIZE);
        byte[] whole = Files.readAllBytes(file(0));
        int lastRecord = RecordFormat.HEADER + blocks.getLast().length();
        for (int missing = 1; missing < lastRecord; missing += 7) {
            Files.write(file(0), Arrays.copyOf(whole, whole.length - missing));
            assertThat(read()).as("%d bytes missing", missing).isEqualTo(blocks.subList(0, 2));
            assertThat(Files.size(file(0))).isEqualTo(whole.length - lastRecord);
        }
    }

    @Test
    void shouldCutOffLastBlockWhenItsBytesAreZeros() throws IOException {
        write(3, SIZE);
        byte[] whole = Files.readAllBytes(file(0));
        Arrays.fill(whole, whole.length - blocks.getLast().length() - 5, whole.length, (byte) 0);
        Files.write(file(0), whole);
        assertThat(read()).isEqualTo(blocks.subList(0, 2));
        write(1, SIZE);
        assertThat(read()).isEqualTo(List.of(blocks.get(0), blocks.get(1), blocks.get(3)));
    }

    @Test
    void shouldRefuseWhenAnyBitBeforeTheLastBlockIsWrong() throws IOException {
        write(3, SIZE);
        byte[] whole = Files.readAllBytes(file(0));
        int end = whole.length - RecordFormat.HEADER - blocks.getLast().length();
        for (int position = 0; position < end; position += 3) {
            byte[] damaged = whole.clone();
            damaged[position] ^= 0x10;
            Files.write(file(0), damaged);
            assertThatThrownBy(this::read).as("byte %d", position).isInstanceOf(ChainStoreException.class);
        }
        Files.write(file(0), whole);
        assertThat(read()).isEqualTo(blocks);
    }

    @Test
    void shouldRefuseWhenAnEarlierFileIsCutShort() throws IOException {
        write(20, 1_000);
        byte[] whole = Files.readAllBytes(file(1));
        Files.write(file(1), Arrays.copyOf(whole, whole.length - 3));
        assertThatThrownBy(this::read).hasMessageContaining("is damaged at byte");
    }

    @Test
    void shouldRefuseWhenBitsAreAnotherChains() throws IOException {
        write(1, SIZE);
        assertThatThrownBy(() -> BlockFiles.open(directory, 0x1d00_ffffL, SIZE))
                .isInstanceOf(ChainStoreException.class)
                .hasMessageContaining("has bits 1e00ffff, the configuration says 1d00ffff");
        assertThat(read()).isEqualTo(blocks);
    }

    @Test
    void shouldRefuseWhenDirectoryIsInUse() throws IOException {
        try (BlockFiles files = BlockFiles.open(directory, BITS, SIZE)) {
            assertThatThrownBy(() -> BlockFiles.open(directory, BITS, SIZE))
                    .isInstanceOf(ChainStoreException.class)
                    .hasMessageContaining("in use by another process");
            files.append(Bytes.of((byte) 1));
        }
        assertThat(read()).containsExactly(Bytes.of((byte) 1));
    }

    @Test
    void shouldBeginAnewWhenAFilesPreambleIsUnfinished() throws IOException {
        write(20, 1_000);
        int next = 0;
        while (Files.exists(file(next))) {
            next++;
        }
        Files.write(file(next), new byte[5]);
        assertThat(read()).isEqualTo(blocks);
    }
}
