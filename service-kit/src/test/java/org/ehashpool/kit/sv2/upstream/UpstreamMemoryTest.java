package org.ehashpool.kit.sv2.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class UpstreamMemoryTest {

    @Test
    void shouldForgetSilenceWhenTimeIsUpOrUpstreamAnswers() {
        UpstreamMemory memory = new UpstreamMemory(Duration.ofNanos(10));
        memory.noteSilent("a", 0);
        memory.noteSilent("b", 0);
        assertThat(memory.isSilent("a", 9)).isTrue();
        memory.forget("b");
        assertThat(memory.isSilent("b", 9)).isFalse();
        assertThat(memory.isSilent("a", 10)).isFalse();
        assertThat(memory.isSilent("c", 0)).isFalse();
    }

    @Test
    void shouldDropTheOldestWhenFull() {
        UpstreamMemory memory = new UpstreamMemory(Duration.ofDays(1));
        for (int i = 0; i <= 1_024; i++) {
            memory.noteSilent("upstream " + i, i);
        }
        assertThat(memory.isSilent("upstream 0", 2_000)).isFalse();
        assertThat(memory.isSilent("upstream 1", 2_000)).isTrue();
    }
}
