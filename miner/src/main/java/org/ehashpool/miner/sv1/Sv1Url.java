package org.ehashpool.miner.sv1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Stratum V1 server listens: {@code stratum+tcp://HOST:PORT}.
 *
 * @param host a name or an address; IPv6 without brackets
 * @param port 1 to 65535
 */
public record Sv1Url(String host, int port) {
    private static final Pattern SHAPE =
            Pattern.compile("stratum\\+tcp://(\\[[0-9a-fA-F:.]+]|[^/:@\\[\\]]+):([0-9]{1,5})/?");

    /** @throws IllegalArgumentException if the port is none */
    public Sv1Url {
        if (port < 1 || port > 0xffff) {
            throw new IllegalArgumentException("port " + port + ", expected 1 to 65535");
        }
    }

    /** Whether a text has the scheme of such a URL. */
    public static boolean hasScheme(String text) {
        return text.startsWith("stratum+tcp:");
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Sv1Url parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\", expected stratum+tcp://HOST:PORT");
        }
        String host = matcher.group(1);
        return new Sv1Url(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host, Integer.parseInt(matcher.group(2)));
    }

    /** {@code HOST:PORT}. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
