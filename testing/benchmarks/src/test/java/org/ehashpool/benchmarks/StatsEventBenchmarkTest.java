package org.ehashpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsEventBenchmarkTest {
    @ParameterizedTest
    @CsvSource({"protocol,132", "json,130", "cbor,93"})
    void shouldBeAsLongAsTheDecisionRecordSays(String form, int bytes) throws Exception {
        StatsEventBenchmark benchmark = made(form);

        assertThat(benchmark.size()).isEqualTo(bytes);
        assertThat(benchmark.read()).isNotNull();
    }

    private static StatsEventBenchmark made(String form) throws IOException {
        StatsEventBenchmark benchmark = new StatsEventBenchmark();
        benchmark.form = form;
        benchmark.prepare();
        return benchmark;
    }
}
