package org.ehashpool.pool.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlockFilesTest {
    @TempDir
    private Path directory;

    private BlockFiles files;

    @BeforeEach
    void open() throws IOException {
        files = new BlockFiles(directory.resolve("blocks"), new BlockEvents());
        assertThat(files.load(10)).isEmpty();
    }

    private static BlockRecord block(long number) {
        return new BlockRecord(
                U256.of(number),
                7,
                U256.of(1),
                Instant.ofEpochMilli(1_700_000_000_000L + number),
                "alice\"\n",
                1,
                0xffff_ffffL,
                List.of("[::1]:18447"),
                2_100_000_000_000_000L,
                true,
                BlockState.ACCEPTED,
                Instant.ofEpochMilli(1_700_000_000_001L + number));
    }

    @Test
    void shouldReadTheLatestInOrderWhenThereAreMore() throws IOException {
        for (long i : new long[] {3, 1, 5, 2, 4}) {
            files.write(block(i));
        }
        assertThat(files.load(3)).containsExactly(block(3), block(4), block(5));
    }

    @Test
    void shouldReplaceTheRecordAndLeaveNoPartialFiles() throws IOException {
        files.write(block(1));
        BlockRecord changed = block(1).withState(BlockState.CONFIRMED, Instant.ofEpochMilli(9));
        files.write(changed);
        files.write(U256.of(1), Bytes.fromHex("00ff"));

        assertThat(files.load(3)).containsExactly(changed);
        try (var names = Files.list(directory.resolve("blocks"))) {
            assertThat(names.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            U256.of(1).toHex() + ".json", U256.of(1).toHex() + ".hex");
        }
        assertThat(directory.resolve("blocks").resolve(U256.of(1).toHex() + ".hex"))
                .hasContent("00ff");
    }

    @Test
    void shouldIgnoreWhatIsNoRecord() throws IOException {
        files.write(block(1));
        Path blocks = directory.resolve("blocks");
        for (String text : List.of("", "{", "[]", "{}", "{\"state\":\"accepted\",\"hash\":5}", "null")) {
            Files.writeString(blocks.resolve("x" + text.hashCode() + ".json"), text);
        }
        assertThat(files.load(9)).containsExactly(block(1));
    }
}
