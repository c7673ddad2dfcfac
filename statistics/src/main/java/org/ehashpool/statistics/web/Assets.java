package org.ehashpool.statistics.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Style, script and icon. Their addresses have a hash of what is in them, so that browsers may keep them for a year.
 *
 * @param style its path from the root, as the others
 */
public record Assets(String style, String script, String icon) {

    /** Adds the routes. */
    static Assets mount(Router router) {
        return new Assets(
                mount(router, "pages", "css", "text/css; charset=utf-8"),
                mount(router, "pages", "js", "text/javascript; charset=utf-8"),
                mount(router, "icon", "svg", "image/svg+xml"));
    }

    private static String mount(Router router, String name, String ending, String type) {
        Buffer content = Buffer.buffer(read(name + "." + ending));
        String path = "assets/" + name + "-" + hash(content) + "." + ending;
        router.get("/" + path)
                .handler(request -> request.response()
                        .putHeader("Content-Type", type)
                        .putHeader("Cache-Control", "public, max-age=31536000, immutable")
                        .end(content));
        return path;
    }

    static byte[] read(String name) {
        try (InputStream stream = Objects.requireNonNull(Assets.class.getResourceAsStream(name), name)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(Buffer content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes());
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
