package org.ehashpool.benchmarks.mint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.JsonValue;
import org.ehashpool.cashu.json.Message;

/** Asks a mint. */
final class LoadClient implements AutoCloseable {
    private static final int LONGEST_ANSWER = 8 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final URI mint;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    LoadClient(URI mint) {
        this.mint = mint;
    }

    JsonValue get(String path) throws IOException, InterruptedException {
        return answer(request(path).GET().build());
    }

    JsonValue post(String path, Message body) throws IOException, InterruptedException {
        return post(path, JsonText.write(body.toJson()));
    }

    JsonValue post(String path, String body) throws IOException, InterruptedException {
        return answer(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(mint.resolve(path)).timeout(PATIENCE);
    }

    private JsonValue answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != OK) {
            throw new IOException(request.uri().getPath() + " was answered with status " + response.statusCode() + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return JsonText.read(response.body(), LONGEST_ANSWER);
    }

    @Override
    public void close() {
        http.close();
    }
}
