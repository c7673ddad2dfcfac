package org.ehashpool.noise.certificate;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.ehashpool.noise.curve.Secp256k1;

/**
 * Where a server listens and who vouches for it: {@code stratum2+tcp://HOST:PORT/AUTHORITY_PUBLIC_KEY} (4.7).
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65535
 * @param authority the key in the path
 */
public record Sv2Url(String host, int port, AuthorityPublicKey authority) {
    private static final String SCHEME = "stratum2+tcp";
    private static final String SHAPE = SCHEME + "://HOST:PORT/AUTHORITY_PUBLIC_KEY";
    private static final int MAX_PORT = 65_535;
    private static final int MAX_LENGTH = 512;
    private static final int MAX_HOST_LENGTH = 253;
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");

    /** @throws IllegalArgumentException if host or port is none */
    public Sv2Url {
        checkHost(host);
        checkPort(port);
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException with one sentence that names the part and what was expected
     */
    public static Sv2Url parse(String text, Secp256k1 curve) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("URL of " + text.length() + " characters, expected " + SHAPE);
        }
        int schemeEnd = text.indexOf("://");
        if (schemeEnd < 0) {
            throw new IllegalArgumentException("no scheme in \"" + text + "\", expected " + SHAPE);
        }
        String scheme = text.substring(0, schemeEnd);
        if (!scheme.toLowerCase(Locale.ROOT).equals(SCHEME)) {
            throw new IllegalArgumentException("scheme \"" + scheme + "\", expected \"" + SCHEME + "\"");
        }
        String rest = text.substring(schemeEnd + "://".length());
        int pathStart = rest.indexOf('/');
        if (pathStart < 0 || pathStart == rest.length() - 1) {
            throw new IllegalArgumentException("no authority public key in \"" + text + "\", expected " + SHAPE);
        }
        String address = rest.substring(0, pathStart);
        int portStart = address.lastIndexOf(':');
        if (portStart < 0 || portStart < address.lastIndexOf(']')) {
            throw new IllegalArgumentException("no port in \"" + address + "\", expected HOST:PORT");
        }
        return new Sv2Url(
                parseHost(address.substring(0, portStart)),
                parsePort(address.substring(portStart + 1)),
                AuthorityPublicKey.parse(rest.substring(pathStart + 1), curve));
    }

    private static String parseHost(String text) {
        if (text.startsWith("[") != text.endsWith("]")) {
            throw new IllegalArgumentException("host \"" + text + "\": the brackets of an IPv6 address do not match");
        }
        if (text.startsWith("[") && text.length() > 1) {
            String host = text.substring(1, text.length() - 1);
            if (host.indexOf(':') < 0) {
                throw new IllegalArgumentException("host \"" + text + "\": brackets are for IPv6 addresses");
            }
            return host;
        }
        if (text.indexOf(':') >= 0) {
            throw new IllegalArgumentException("host \"" + text + "\": write an IPv6 address in brackets");
        }
        return text;
    }

    private static int parsePort(String text) {
        if (!PORT.matcher(text).matches()) {
            throw new IllegalArgumentException("port \"" + text + "\", expected 1 to " + MAX_PORT);
        }
        return Integer.parseInt(text);
    }

    private static void checkPort(int port) {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + ", expected 1 to " + MAX_PORT);
        }
    }

    private static void checkHost(String host) {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("the host is empty, expected a name or an address");
        }
        if (host.indexOf(':') >= 0) {
            checkAddress(host.indexOf('%') < 0, host, "IPv6", Inet6Address::ofLiteral);
            return;
        }
        String[] labels = host.split("\\.", -1);
        for (String label : labels) {
            if (host.length() > MAX_HOST_LENGTH || !LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException("host \"" + host + "\" is no host name");
            }
        }
        // A name whose last label is a number would be read as an address by some resolvers, and as another by others.
        if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
            checkAddress(labels.length == 4, host, "IPv4", Inet4Address::ofLiteral);
        }
    }

    private static void checkAddress(boolean plausible, String host, String kind, Consumer<String> parser) {
        try {
            if (plausible) {
                parser.accept(host);
                return;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("host \"" + host + "\" is no " + kind + " address", e);
        }
        throw new IllegalArgumentException("host \"" + host + "\" is no " + kind + " address");
    }

    /** The URL. */
    @Override
    public String toString() {
        String written = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return SCHEME + "://" + written + ":" + port + "/" + authority;
    }
}
