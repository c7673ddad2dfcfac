package org.ehashpool.kit.sv2;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.ehashpool.kit.sv2.admission.AdmissionSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a connection that is set up and does nothing holds of the server's heap. */
final class IdleConnectionHeapIT {

    private static final int CONNECTIONS = 3_000;
    private static final long HEAP_PER_CONNECTION = 30 << 10;

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void shouldStayBelowTheBudgetWhenConnectionsAreIdle() throws Exception {
        Sv2Server server = loopback.serve(
                Loopback.settings()
                        .withAdmission(AdmissionSettings.DEFAULT
                                .withConnections(CONNECTIONS + 10, 1_000)
                                .withConnectRate(10_000, 10_000)
                                .withHandshakes(1_024, 512)),
                Loopback.echoPolicy(),
                Loopback::echo);
        try (SwarmProcess warm = new SwarmProcess(server.port(), 200, "IDLE")) {
            warm.expect("connected");
            warm.go();
            Awaitility.await().until(() -> server.connections().size() == 200);
        }
        Awaitility.await().until(() -> server.connectionCount() == 0);
        Memory before = Memory.now();
        try (SwarmProcess swarm = new SwarmProcess(server.port(), CONNECTIONS, "IDLE")) {
            swarm.expect("connected");
            swarm.go();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> server.connections().size() == CONNECTIONS);
            Memory idle = Memory.now();
            long heap = (idle.heap() - before.heap()) / CONNECTIONS;
            long direct = (idle.direct() - before.direct()) / CONNECTIONS;
            System.out.printf("idle connection: heap %d B, direct memory %d B%n", heap, direct);
            assertThat(heap).isLessThan(HEAP_PER_CONNECTION);
        }
    }
}
