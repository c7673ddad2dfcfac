package org.ehashpool.kit.config;

import java.util.regex.Pattern;

/**
 * A host and a TCP port: {@code pool.example:34254}, {@code 127.0.0.1:0}, {@code [::1]:9108}.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets; never resolved here
 * @param port 0 to 65535; 0 asks the system for a free one where the address is listened on
 */
public record HostPort(String host, int port) {
    private static final int MAXIMUM_PORT = 65_535;
    private static final int MAXIMUM_HOST_LENGTH = 253;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9_.-]+)?");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    /**
     * A host and a port.
     *
     * @throws IllegalArgumentException when the host is no name or address, or the port is out of range
     */
    public HostPort {
        if (host.length() > MAXIMUM_HOST_LENGTH
                || !(NAME.matcher(host).matches() || IPV6.matcher(host).matches())) {
            throw new IllegalArgumentException("not a host name or address");
        }
        if (port < 0 || port > MAXIMUM_PORT) {
            throw new IllegalArgumentException("port must be from 0 to " + MAXIMUM_PORT);
        }
    }

    /**
     * Reads an address as {@link #toString()} writes it.
     *
     * @throws IllegalArgumentException when the text is not {@code host:port} or {@code [ipv6]:port}
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || !PORT.matcher(text.substring(colon + 1)).matches()) {
            throw new IllegalArgumentException("port is missing");
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        // Without brackets "::1:80" could be read in two ways.
        if (bracketed != host.contains(":")) {
            throw new IllegalArgumentException("an IPv6 address is written in brackets");
        }
        return new HostPort(
                bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
