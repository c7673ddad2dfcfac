package org.ehashpool.mint.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A wallet's end of a WebSocket. */
final class SocketWallet implements WebSocket.Listener {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable WebSocket socket;

    static SocketWallet connect(HttpClient client, URI uri) throws Exception {
        SocketWallet wallet = new SocketWallet();
        wallet.socket = client.newWebSocketBuilder().buildAsync(uri, wallet).get(10, TimeUnit.SECONDS);
        return wallet;
    }

    WebSocket socket() {
        return Objects.requireNonNull(socket);
    }

    static JsonNode payload(JsonNode notification) {
        return notification.path("params").path("payload");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            received.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    void send(String message) throws Exception {
        socket().sendText(message, true).get(10, TimeUnit.SECONDS);
    }

    void subscribe(int id, String subscription, String kind, String... filters) throws Exception {
        send(
                "{\"jsonrpc\":\"2.0\",\"method\":\"subscribe\",\"params\":{\"kind\":\"%s\",\"subId\":\"%s\",\"filters\":%s},\"id\":%d}"
                        .formatted(
                                kind,
                                subscription,
                                List.of(filters).stream()
                                        .map(filter -> '"' + filter + '"')
                                        .toList(),
                                id));
    }

    void refused(String why, int id, String subscription, String kind, String... filters) throws Exception {
        subscribe(id, subscription, kind, filters);
        JsonNode answer = next();
        assertThat(answer.path("error").path("code").asInt()).as(why).isEqualTo(-32602);
        assertThat(answer.path("id").asInt()).isEqualTo(id);
    }

    JsonNode next() throws Exception {
        String message = received.poll(20, TimeUnit.SECONDS);
        assertThat(message).as("a message comes").isNotNull();
        return JSON.readTree(message);
    }

    void hearsNothing() {
        await().during(Duration.ofMillis(500)).until(received::isEmpty);
    }
}
