package org.ehashpool.kit.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How many connections a port serves, and how long one may hold its place for a request that does not come.
 *
 * @param connections at a time
 * @param perAddress at a time from one IPv4 address or one IPv6 /64
 * @param shared addresses that many share, such as a proxy's: {@code perAddress} does not count for them
 * @param requestTimeout how long a request may take to arrive in full
 * @param idleTimeout how long a connection may be without a request
 */
public record ConnectionLimits(
        int connections, int perAddress, Predicate<InetAddress> shared, Duration requestTimeout, Duration idleTimeout) {

    /** Where one address may have all connections. */
    public static ConnectionLimits alike(int connections, Duration requestTimeout, Duration idleTimeout) {
        return new ConnectionLimits(connections, connections, address -> true, requestTimeout, idleTimeout);
    }
}
