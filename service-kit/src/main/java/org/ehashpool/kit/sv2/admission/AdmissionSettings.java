package org.ehashpool.kit.sv2.admission;

/**
 * Quotas of one listening port. An address is an IPv4 address or an IPv6 /64.
 *
 * @param maxConnections connections at once
 * @param maxConnectionsPerAddress connections of one address at once
 * @param connectsPerSecond connections one address may make per second, in the long run
 * @param connectBurst connections one address may make at once after a pause
 * @param maxHandshakes handshakes waiting or under way at once
 * @param maxHandshakesPerAddress the same of one address, so that one address cannot keep the others out
 */
public record AdmissionSettings(
        int maxConnections,
        int maxConnectionsPerAddress,
        int connectsPerSecond,
        int connectBurst,
        int maxHandshakes,
        int maxHandshakesPerAddress) {

    /** Room for a large pool behind ordinary limits; a farm behind one address fits. */
    public static final AdmissionSettings DEFAULT = new AdmissionSettings(15_000, 2_000, 100, 1_000, 1_024, 64);

    public AdmissionSettings {
        positive("maxConnections", maxConnections);
        positive("maxConnectionsPerAddress", maxConnectionsPerAddress);
        positive("connectsPerSecond", connectsPerSecond);
        positive("connectBurst", connectBurst);
        positive("maxHandshakes", maxHandshakes);
        positive("maxHandshakesPerAddress", maxHandshakesPerAddress);
    }

    /** The same with another limit of connections, in all and of one address. */
    public AdmissionSettings withConnections(int all, int perAddress) {
        return new AdmissionSettings(
                all, perAddress, connectsPerSecond, connectBurst, maxHandshakes, maxHandshakesPerAddress);
    }

    /** The same with another connect rate of one address. */
    public AdmissionSettings withConnectRate(int perSecond, int burst) {
        return new AdmissionSettings(
                maxConnections, maxConnectionsPerAddress, perSecond, burst, maxHandshakes, maxHandshakesPerAddress);
    }

    /** The same with another limit of handshakes, in all and of one address. */
    public AdmissionSettings withHandshakes(int all, int perAddress) {
        return new AdmissionSettings(
                maxConnections, maxConnectionsPerAddress, connectsPerSecond, connectBurst, all, perAddress);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
    }
}
