package org.ehashpool.kit.sv2;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

final class Sv2MetricsTest {

    @Test
    void shouldShowTrafficWhenGarbageWasCollected() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Sv2Metrics metrics = new Sv2Metrics(registry, "test", "endpoint");
        System.gc();
        metrics.traffic().framesReceived().add(1);
        metrics.traffic().framesSent().add(2);
        metrics.traffic().bytesReceived().add(3);
        metrics.traffic().bytesSent().add(4);
        assertThat(total(registry, "frames", "in")).isEqualTo(1);
        assertThat(total(registry, "frames", "out")).isEqualTo(2);
        assertThat(total(registry, "bytes", "in")).isEqualTo(3);
        assertThat(total(registry, "bytes", "out")).isEqualTo(4);
        assertThat(metrics.traffic().bytesSent().sum()).isEqualTo(4);
    }

    private static double total(SimpleMeterRegistry registry, String what, String direction) {
        return registry.get("ehash.test.sv2." + what)
                .tag("direction", direction)
                .functionCounter()
                .count();
    }
}
