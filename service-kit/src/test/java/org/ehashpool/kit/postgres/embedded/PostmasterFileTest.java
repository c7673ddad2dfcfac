package org.ehashpool.kit.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostmasterFileTest {

    @TempDir
    Path data;

    @Test
    void shouldReadProcessAndPortWhenFileIsWhole() throws Exception {
        Files.writeString(
                data.resolve("postmaster.pid"), "4711\n/data\n1700000000\n5433\n\n127.0.0.1\n1 2\nready   \n");
        assertThat(PostmasterFile.read(data)).contains(new PostmasterFile(4711, 5433));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4711", "4711\n/data\n1\n", "x\n/data\n1\n5433\n", "4711\n/data\n1\nport\n"})
    void shouldReadNothingWhenFileIsNotWhole(String content) throws Exception {
        Files.writeString(data.resolve("postmaster.pid"), content);
        assertThat(PostmasterFile.read(data)).isEmpty();
    }

    @Test
    void shouldNotTakeAnotherProcessForTheServerWhenItHasItsId() throws Exception {
        assertThat(PostmasterFile.read(data)).isEmpty();
        assertThat(PostmasterFile.isServing(ProcessHandle.current().pid(), data))
                .isFalse();
        assertThat(PostmasterFile.processesIn(data)).isEmpty();
    }
}
