package org.ehashpool.statistics.signin;

import io.vertx.core.MultiMap;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a request that changes something was made. */
public final class RequestOrigin {
    private RequestOrigin() {}

    /**
     * Whether no browser says that another site made it. {@code Sec-Fetch-Site} decides where a browser sends it; else
     * {@code Origin} has to name the host that was asked for. A program sends neither.
     */
    public static boolean isOwn(MultiMap headers) {
        Optional<String> site = Optional.ofNullable(headers.get("Sec-Fetch-Site"));
        if (site.isPresent()) {
            return site.get().equals("same-origin");
        }
        Optional<String> origin = Optional.ofNullable(headers.get("Origin"));
        return origin.isEmpty()
                || authority(origin.get())
                        .filter(authority -> Stream.of("Host", "X-Forwarded-Host")
                                .anyMatch(name -> authority.equalsIgnoreCase(headers.get(name))))
                        .isPresent();
    }

    /** Whether the browser is known to use TLS, to a proxy in front: then the cookie must not leave it without. */
    public static boolean isSecure(MultiMap headers) {
        return "https".equalsIgnoreCase(headers.get("X-Forwarded-Proto"))
                || Optional.ofNullable(headers.get("Origin"))
                        .filter(origin -> origin.startsWith("https://"))
                        .isPresent();
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
