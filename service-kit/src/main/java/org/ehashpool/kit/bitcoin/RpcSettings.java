package org.ehashpool.kit.bitcoin;

import java.net.URI;
import java.time.Duration;

/**
 * Where the node is and how it is called.
 *
 * @param url {@code http://host:port} or https, with a path for a wallet or a proxy
 * @param credentials how we show who we are
 * @param connections at a time; a long poll keeps one busy
 * @param connectTimeout until TCP is connected
 */
public record RpcSettings(URI url, RpcCredentials credentials, int connections, Duration connectTimeout) {
    private static final int CONNECTIONS = 6;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * Settings.
     *
     * @throws IllegalArgumentException if the URL is not one of HTTP with a host
     */
    public RpcSettings {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException("http://host:port expected, without user and password");
        }
    }

    /** The defaults for a node. */
    public static RpcSettings of(URI url, RpcCredentials credentials) {
        return new RpcSettings(url, credentials, CONNECTIONS, CONNECT_TIMEOUT);
    }

    boolean encrypted() {
        return "https".equals(url.getScheme());
    }

    int port() {
        return url.getPort() >= 0 ? url.getPort() : encrypted() ? 443 : 80;
    }

    String path() {
        String path = url.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }
}
