package org.ehashpool.kit.sv2.admission;

import org.ehashpool.kit.sv2.link.PartialBudget;

/**
 * Quotas of one listening port. An address is an IPv4 address or an IPv6 /64.
 *
 * @param maxConnections connections at once
 * @param maxConnectionsPerAddress connections of one address at once
 * @param connectsPerSecond connections one address may make per second, in the long run
 * @param connectBurst connections one address may make at once after a pause
 * @param maxHandshakes handshakes waiting or under way at once
 * @param maxHandshakesPerAddress the same of one address, so that one address cannot keep the others out
 * @param maxPartialBytes bytes that the unfinished frames of all connections may keep at once; the first {@link
 *     PartialBudget#FREE} of each are not counted
 * @param maxPartialBytesPerAddress the same of one address
 */
public record AdmissionSettings(
        int maxConnections,
        int maxConnectionsPerAddress,
        int connectsPerSecond,
        int connectBurst,
        int maxHandshakes,
        int maxHandshakesPerAddress,
        long maxPartialBytes,
        long maxPartialBytesPerAddress) {

    private static final long PART_OF_HEAP = 8;
    private static final long PART_OF_ADDRESS = 4;
    /** The longest payload that a frame's header can announce, with its MACs: one peer alone can always send it. */
    private static final long LONGEST_FRAME = (1 << 24) + (64 << 10);

    /** Room for a large pool behind ordinary limits; a farm behind one address fits; unfinished frames get an eighth of the heap. */
    public static final AdmissionSettings DEFAULT = new AdmissionSettings(
            15_000,
            2_000,
            100,
            1_000,
            1_024,
            64,
            ofHeap(),
            Math.min(ofHeap(), Math.max(ofHeap() / PART_OF_ADDRESS, LONGEST_FRAME)));

    public AdmissionSettings {
        positive("maxConnections", maxConnections);
        positive("maxConnectionsPerAddress", maxConnectionsPerAddress);
        positive("connectsPerSecond", connectsPerSecond);
        positive("connectBurst", connectBurst);
        positive("maxHandshakes", maxHandshakes);
        positive("maxHandshakesPerAddress", maxHandshakesPerAddress);
        positive("maxPartialBytes", maxPartialBytes);
        positive("maxPartialBytesPerAddress", maxPartialBytesPerAddress);
    }

    private static long ofHeap() {
        return Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
    }

    /** The same with another limit of connections, in all and of one address. */
    public AdmissionSettings withConnections(int all, int perAddress) {
        return new AdmissionSettings(
                all,
                perAddress,
                connectsPerSecond,
                connectBurst,
                maxHandshakes,
                maxHandshakesPerAddress,
                maxPartialBytes,
                maxPartialBytesPerAddress);
    }

    /** The same with another connect rate of one address. */
    public AdmissionSettings withConnectRate(int perSecond, int burst) {
        return new AdmissionSettings(
                maxConnections,
                maxConnectionsPerAddress,
                perSecond,
                burst,
                maxHandshakes,
                maxHandshakesPerAddress,
                maxPartialBytes,
                maxPartialBytesPerAddress);
    }

    /** The same with another limit of handshakes, in all and of one address. */
    public AdmissionSettings withHandshakes(int all, int perAddress) {
        return new AdmissionSettings(
                maxConnections,
                maxConnectionsPerAddress,
                connectsPerSecond,
                connectBurst,
                all,
                perAddress,
                maxPartialBytes,
                maxPartialBytesPerAddress);
    }

    /** The same with another limit of bytes that unfinished frames keep, in all and of one address. */
    public AdmissionSettings withPartialBytes(long all, long perAddress) {
        return new AdmissionSettings(
                maxConnections,
                maxConnectionsPerAddress,
                connectsPerSecond,
                connectBurst,
                maxHandshakes,
                maxHandshakesPerAddress,
                all,
                perAddress);
    }

    private static void positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
    }
}
