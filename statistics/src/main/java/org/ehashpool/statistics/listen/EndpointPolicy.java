package org.ehashpool.statistics.listen;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which addresses a sender may have us ask. It chooses where our requests go, and is not to reach with them what it cannot
 * reach itself: allowed are its own address, as the connection shows it, and hosts that the operator lists; and there only
 * the two pages that every service has.
 */
final class EndpointPolicy {
    private final List<String> hosts;

    /** @param hosts names and addresses that any sender may name */
    EndpointPolicy(List<String> hosts) {
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    /**
     * The address to ask, if it is allowed.
     *
     * @param page what it has to end with
     * @param peer the sender's own
     */
    Optional<String> allowed(String url, String page, InetAddress peer) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
        if (host == null
                || !plain
                || !(scheme.equals("http") || scheme.equals("https"))
                || !String.valueOf(uri.getRawPath()).endsWith(page)) {
            return Optional.empty();
        }
        if (hosts.contains(host.toLowerCase(Locale.ROOT))) {
            return Optional.of(url);
        }
        return own(host, peer)
                .map(literal ->
                        scheme + "://" + literal + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getRawPath());
    }

    /** The host, if it is the peer's: never a name, which could mean another address at any time. */
    private static Optional<String> own(String host, InetAddress peer) {
        if (host.equals("localhost") && peer.isLoopbackAddress()) {
            return Optional.of(literal(peer));
        }
        InetAddress named;
        try {
            named = InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (named.isAnyLocalAddress()) {
            // It listens everywhere, and so where it connects from.
            return Optional.of(literal(peer));
        }
        return named.equals(peer) || (named.isLoopbackAddress() && peer.isLoopbackAddress())
                ? Optional.of(literal(named))
                : Optional.empty();
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return text.contains(":") ? "[" + text + "]" : text;
    }
}
