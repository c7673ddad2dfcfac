package org.ehashpool.benchmarks.shares;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessTimesTest {
    @Test
    void shouldFindTheTimesBehindANameWithAnythingInIt() {
        String stat = "4711 (a ) (b c) S 1 2 3 4 5 6 7 8 9 10 250 50 7 8 20 0";

        assertThat(ProcessTimes.fields(stat).subList(11, 15)).containsExactly("250", "50", "7", "8");
    }
}
