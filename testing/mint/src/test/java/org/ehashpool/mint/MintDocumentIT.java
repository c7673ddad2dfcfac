package org.ehashpool.mint;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.QuoteMessages.MintRequest;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.mint.core.Signing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that {@code docs/mint.md} shows, against a new mint of the test profile. */
final class MintDocumentIT {

    /** The secret key of the document's locked quote. */
    private static final byte[] ONE = HexFormat.of().parseHex("%064x".formatted(1));

    @TempDir
    private Path home;

    private final HttpClient client = HttpClient.newHttpClient();
    private final DocumentedCalls calls = new DocumentedCalls();

    @Test
    void shouldAnswerAsWrittenWhenTheDocumentIsFollowed() throws Exception {
        List<DocumentedCalls.Step> steps =
                DocumentedCalls.read(Files.readString(Path.of("..", "..", "docs", "mint.md")));
        assertThat(steps).hasSizeGreaterThan(30);
        MintProcess mint = MintProcess.launch(home, Map.of("MINT__PROFILE", "test"));
        try {
            mint.awaitReady();
            for (DocumentedCalls.Step step : steps) {
                switch (step) {
                    case DocumentedCalls.Step.Call call -> follow(mint, call);
                    case DocumentedCalls.Step.Conversation conversation -> converse(mint, conversation.lines());
                }
            }
        } finally {
            mint.stop();
        }
    }

    private void follow(MintProcess mint, DocumentedCalls.Step.Call shown) throws Exception {
        if (shown.command().contains("{now}")) {
            sign();
        }
        CurlCommand command = CurlCommand.parse(signed(calls.filled(shown.command())
                .replace("127.0.0.1:3338", mint.publicAddress())
                .replace("127.0.0.1:9113", mint.managementAddress())
                .replace("$TOKEN", MintProcess.TOKEN)));
        HttpResponse<String> answer = client.send(command.request(), HttpResponse.BodyHandlers.ofString());
        calls.compare(shown.command(), shown.answer(), answer.body());
        boolean refused = JsonText.read(answer.body(), 1 << 20).isObject()
                && (new JsonObject(answer.body()).containsKey("code")
                        || new JsonObject(answer.body()).containsKey("error"));
        assertThat(answer.statusCode() == 200).as(shown.command()).isEqualTo(!refused);
    }

    /** Signs a lookup that happens now. */
    private void sign() {
        long now = Instant.now().getEpochSecond();
        calls.bind("now", Long.toString(now));
        calls.bind(
                "signature_now",
                Signing.forLookup(PublicKey.parse(calls.value("mint").orElseThrow()), ONE, now));
    }

    /** Signs for a quote and its outputs. */
    private static String signed(String command) {
        if (!command.contains("{signature}")) {
            return command;
        }
        String body = CurlCommand.parse(command).data().orElseThrow();
        MintRequest request = MintRequest.read(JsonText.read(body, 1 << 20));
        List<BlindedMessage> outputs = request.outputs();
        return command.replace("{signature}", Signing.forQuote(request.quote(), outputs, ONE));
    }

    private void converse(MintProcess mint, List<String> lines) throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + mint.publicAddress() + "/v1/ws"), new Listener(received))
                .get(10, TimeUnit.SECONDS);
        for (String line : lines) {
            String message = line.substring(2);
            if (line.startsWith(">")) {
                socket.sendText(calls.filled(message), true).get(10, TimeUnit.SECONDS);
            } else {
                String heard = received.poll(10, TimeUnit.SECONDS);
                assertThat(heard).as(line).isNotNull();
                calls.compare(line, message, heard);
            }
        }
        socket.abort();
    }

    /** Collects whole messages. */
    private record Listener(BlockingQueue<String> received, StringBuilder text) implements WebSocket.Listener {
        Listener(BlockingQueue<String> received) {
            this(received, new StringBuilder());
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
