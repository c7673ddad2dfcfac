package org.ehashpool.conservation.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.ehashpool.conservation.schedule.Treatment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Before a server that answers each byte with the next one, and an impostor that answers zero. */
final class RelayTest {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int IMPATIENCE_MILLIS = 200;

    private final AtomicInteger requests = new AtomicInteger();
    private ServerSocket server;
    private ServerSocket impostor;
    private Relay relay;

    @BeforeEach
    void start() throws IOException {
        server = listen(1);
        impostor = listen(0);
        relay = new Relay(server.getLocalPort(), impostor.getLocalPort(), new Random(1));
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        server.close();
        impostor.close();
    }

    private ServerSocket listen(int step) throws IOException {
        ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try {
                    Socket client = listener.accept();
                    Thread.ofVirtual().start(() -> answer(client, step));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return listener;
    }

    private void answer(Socket client, int step) {
        try (client) {
            for (int next = client.getInputStream().read();
                    next >= 0;
                    next = client.getInputStream().read()) {
                requests.incrementAndGet();
                client.getOutputStream().write(step == 0 ? 0 : next + step);
            }
        } catch (IOException ended) {
            requests.get();
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port());
        client.setSoTimeout(PATIENCE_MILLIS);
        return client;
    }

    private static int ask(Socket client, int question) throws IOException {
        client.getOutputStream().write(question);
        return client.getInputStream().read();
    }

    /** The answer; -1 for the end, however it came. */
    private static int askOrEnd(Socket client) {
        try {
            return ask(client, 5);
        } catch (IOException ended) {
            return -1;
        }
    }

    @Test
    void shouldPassOnWhatComesWhenNothingElseIsAskedFor() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 5)).isEqualTo(6);
        }
    }

    @Test
    void shouldEndConnectionsAndTakeNewOnesWhenCut() throws IOException {
        try (Socket client = connect();
                Socket next = connect()) {
            ask(client, 5);
            ask(next, 5);

            relay.treat(new Treatment.Cut());

            assertThat(askOrEnd(client)).isEqualTo(-1);
        }
        try (Socket client = connect()) {
            assertThat(ask(client, 5)).isEqualTo(6);
        }
    }

    @Test
    void shouldEndConnectionsAndNewOnesWhenAway() throws IOException {
        try (Socket client = connect()) {
            ask(client, 5);
            relay.treat(new Treatment.Away());

            assertThat(askOrEnd(client)).isEqualTo(-1);
        }
        try (Socket client = connect()) {
            assertThat(askOrEnd(client)).isEqualTo(-1);
        }
    }

    @Test
    void shouldSayNothingAndGoOnAfterwardsWhenStalled() throws IOException {
        try (Socket client = connect()) {
            ask(client, 5);
            relay.treat(new Treatment.Stall());
            client.setSoTimeout(IMPATIENCE_MILLIS);
            assertThatThrownBy(() -> ask(client, 7)).isInstanceOf(SocketTimeoutException.class);

            relay.treat(new Treatment.Pass());
            client.setSoTimeout(PATIENCE_MILLIS);

            assertThat(client.getInputStream().read()).isEqualTo(8);
        }
    }

    @Test
    void shouldPassRequestsOnAndLoseAnswersAndTheConnectionWhenSwallowing() throws IOException {
        try (Socket client = connect()) {
            ask(client, 5);
            relay.treat(new Treatment.Swallow());
            client.getOutputStream().write(7);
            Awaitility.await().until(() -> requests.get() == 2);
            client.setSoTimeout(IMPATIENCE_MILLIS);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            relay.treat(new Treatment.Pass());
            client.setSoTimeout(PATIENCE_MILLIS);

            assertThat(askOrEnd(client)).isEqualTo(-1);
        }
    }

    @Test
    void shouldHoldBackWhatComesWhenDelaying() throws IOException {
        try (Socket client = connect()) {
            ask(client, 5);
            relay.treat(new Treatment.Delay(Duration.ofMillis(300)));
            client.setSoTimeout(IMPATIENCE_MILLIS);
            assertThatThrownBy(() -> ask(client, 7)).isInstanceOf(SocketTimeoutException.class);
            client.setSoTimeout(PATIENCE_MILLIS);

            assertThat(client.getInputStream().read()).isEqualTo(8);
        }
    }

    @Test
    void shouldHandOverToTheImpostorWhenAskedTo() throws IOException {
        relay.treat(new Treatment.Impostor());
        try (Socket client = connect()) {
            assertThat(ask(client, 5)).isZero();
        }
    }

    @Test
    void shouldTalkNonsenseAndHangUpWhenAskedTo() throws IOException {
        relay.treat(new Treatment.Garbage());
        try (Socket client = connect()) {
            assertThat(client.getInputStream().readAllBytes()).hasSize(4_096);
        }
        assertThat(requests).hasValue(0);
    }
}
