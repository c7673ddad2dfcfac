package org.ehashpool.kit.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code GET /api/v1/openapi.json}: what all routes of a service do. */
public final class OpenApi {
    /** Where it is served. */
    public static final String PATH = "/api/v1/openapi.json";

    private static final String RESOURCE = "openapi.json";

    private OpenApi() {}

    /**
     * Adds the route.
     *
     * @param owner has the document, {@code openapi.json}, in its package
     * @throws IllegalStateException if there is none
     */
    public static void mount(Router router, Class<?> owner) {
        Buffer document = Buffer.buffer(document(owner));
        router.get(PATH)
                .handler(request -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(document));
    }

    private static byte[] document(Class<?> owner) {
        try (InputStream stream = owner.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("no " + RESOURCE + " beside " + owner.getName());
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
