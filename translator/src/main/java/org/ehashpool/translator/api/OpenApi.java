package org.ehashpool.translator.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** {@code GET /api/v1/openapi.json}: what all the routes do. */
public final class OpenApi {
    /** Where it is served. */
    public static final String PATH = "/api/v1/openapi.json";

    private static final String RESOURCE = "openapi.json";

    private OpenApi() {}

    /** Adds the route. */
    public static void mount(Router router) {
        Buffer document = Buffer.buffer(document());
        router.get(PATH)
                .handler(request -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(document));
    }

    /** The document, in UTF-8. */
    static byte[] document() {
        try (InputStream stream = Objects.requireNonNull(OpenApi.class.getResourceAsStream(RESOURCE))) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
