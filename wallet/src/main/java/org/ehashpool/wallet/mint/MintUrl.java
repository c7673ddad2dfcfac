package org.ehashpool.wallet.mint;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Where a mint is, in one spelling: lower-case scheme and host, no default port, no slash at the end.
 *
 * @param text of the URL
 */
public record MintUrl(String text) implements Comparable<MintUrl> {

    private static final int LONGEST = 255;
    private static final int LARGEST_PORT = 65_535;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public MintUrl {
        text = normal(text);
    }

    private static String normal(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a mint's URL has at most " + LONGEST + " characters");
        }
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("a mint's URL like https://mint.example", e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (host.isEmpty()
                || !Set.of("http", "https").contains(scheme)
                || uri.getPort() == 0
                || uri.getPort() > LARGEST_PORT
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("a mint's URL like https://mint.example");
        }
        int usual = scheme.equals("https") ? 443 : 80;
        String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return scheme + "://" + host + port + path.substring(0, end);
    }

    /** Whether what is sent there can be read on the way: http, and not to this machine. */
    public boolean isExposed() {
        URI uri = URI.create(text);
        return uri.getScheme().equals("http") && !LOOPBACK.contains(uri.getHost());
    }

    /** An endpoint of the mint. */
    URI resolve(String path) {
        return URI.create(text + path);
    }

    @Override
    public int compareTo(MintUrl other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
