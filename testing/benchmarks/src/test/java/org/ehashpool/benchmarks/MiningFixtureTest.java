package org.ehashpool.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MiningFixtureTest {
    @Test
    void shouldHashAsManyBytesOfCoinbaseAsTheLimitDoes() {
        MiningFixture mining = new MiningFixture();

        assertThat(mining.coinbaseLength()).isEqualTo(JdkSha256Benchmark.COINBASE);
        assertThat(mining.pathLength()).isEqualTo(MiningFixture.PATH);
    }
}
