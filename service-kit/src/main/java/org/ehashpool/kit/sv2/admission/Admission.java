package org.ehashpool.kit.sv2.admission;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.PartialBudget;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections, connects and handshakes against their quotas. Thread-safe: the event loops of one port share it.
 *
 * <p>What is remembered is bounded: an address without connections is forgotten when its connect rate has recovered.
 * Times are monotonic nanoseconds of any origin.
 */
public final class Admission {

    private static final int SWEEP_EVERY = 1_024;

    private final AdmissionSettings settings;
    private final long nanosPerConnect;
    private final long burstNanos;
    private final int maxAddresses;
    private final Map<AddressGroup, Usage> addresses = new HashMap<>();
    private final Quota partialBytes;
    private int connections;
    private int handshakes;
    private int claimsUntilSweep = SWEEP_EVERY;

    public Admission(AdmissionSettings settings) {
        this.settings = settings;
        this.nanosPerConnect = TimeUnit.SECONDS.toNanos(1) / settings.connectsPerSecond();
        this.burstNanos = nanosPerConnect * (settings.connectBurst() - 1);
        this.partialBytes = new Quota(settings.maxPartialBytes());
        this.maxAddresses = (int) Math.min(Integer.MAX_VALUE, 4L * settings.maxConnections() + SWEEP_EVERY);
    }

    /** Bytes that unfinished frames keep, beyond what is free to each connection. */
    public long partialBytes() {
        return partialBytes.used();
    }

    /** A place for one more connection, unless the port is full. */
    public synchronized Optional<Slot> open() {
        if (connections >= settings.maxConnections()) {
            return Optional.empty();
        }
        connections++;
        return Optional.of(new Slot());
    }

    /** Connections that hold a place. */
    public synchronized int connections() {
        return connections;
    }

    /** Handshakes waiting or under way. */
    public synchronized int handshakes() {
        return handshakes;
    }

    synchronized int addressesRemembered() {
        return addresses.size();
    }

    private static final class Usage {
        int connections;
        int handshakes;
        final Quota partialBytes;
        /** When the connects so far have been paid for (generic cell rate algorithm). */
        long paidAt;

        Usage(long now, long maxPartialBytes) {
            partialBytes = new Quota(maxPartialBytes);
            paidAt = now;
        }

        boolean isForgettable(long now) {
            return connections == 0 && paidAt - now <= 0;
        }
    }

    private Optional<CloseReason> claim(Slot slot, AddressGroup group, long now) {
        if (--claimsUntilSweep <= 0) {
            claimsUntilSweep = SWEEP_EVERY;
            addresses.values().removeIf(usage -> usage.isForgettable(now));
        }
        Usage usage = addresses.get(group);
        if (usage == null) {
            if (addresses.size() >= maxAddresses) {
                return Optional.of(CloseReason.TOO_MANY_CONNECTIONS);
            }
            usage = new Usage(now, settings.maxPartialBytesPerAddress());
            addresses.put(group, usage);
        }
        long due = usage.paidAt - now > 0 ? usage.paidAt : now;
        if (due - now > burstNanos) {
            return Optional.of(CloseReason.CONNECT_RATE);
        }
        usage.paidAt = due + nanosPerConnect;
        if (usage.connections >= settings.maxConnectionsPerAddress()) {
            return Optional.of(CloseReason.TOO_MANY_FROM_ADDRESS);
        }
        usage.connections++;
        slot.usage = usage;
        return Optional.empty();
    }

    /** One connection's place; given back by {@link #close()}, once. */
    public final class Slot {
        private volatile @Nullable Usage usage;
        private boolean handshaking;
        private boolean closed;

        private Slot() {}

        /**
         * Counts the connection for its peer's address; called once.
         *
         * @param address the real peer's
         * @param now monotonic nanoseconds
         * @return why the peer is turned away; empty: it is not
         */
        public Optional<CloseReason> claim(InetAddress address, long now) {
            synchronized (Admission.this) {
                if (usage != null || closed) {
                    throw new IllegalStateException("a slot is claimed once");
                }
                return Admission.this.claim(this, AddressGroup.of(address), now);
            }
        }

        /**
         * Counts a handshake as under way, until {@link #endHandshake()} or {@link #close()}.
         *
         * @return why it has to be refused; empty: it has not
         */
        public Optional<CloseReason> beginHandshake() {
            synchronized (Admission.this) {
                Usage claimed = usage;
                if (claimed == null || handshaking || closed) {
                    throw new IllegalStateException("a claimed slot begins one handshake");
                }
                if (handshakes >= settings.maxHandshakes()
                        || claimed.handshakes >= settings.maxHandshakesPerAddress()) {
                    return Optional.of(CloseReason.HANDSHAKES_BUSY);
                }
                handshakes++;
                claimed.handshakes++;
                handshaking = true;
                return Optional.empty();
            }
        }

        /** What the connection's unfinished frames may keep: a part of its address's, which is a part of the port's. */
        public PartialBudget partials() {
            return new PartialBudget() {
                @Override
                public boolean reserve(int bytes) {
                    Quota ofAddress = claimed().partialBytes;
                    if (!ofAddress.take(bytes)) {
                        return false;
                    }
                    if (!partialBytes.take(bytes)) {
                        ofAddress.give(bytes);
                        return false;
                    }
                    return true;
                }

                @Override
                public void release(int bytes) {
                    partialBytes.give(bytes);
                    claimed().partialBytes.give(bytes);
                }
            };
        }

        private Usage claimed() {
            Usage claimed = usage;
            if (claimed == null) {
                throw new IllegalStateException("frames come after the slot was claimed");
            }
            return claimed;
        }

        /** The handshake is done, well or badly; harmless when none is under way. */
        public void endHandshake() {
            synchronized (Admission.this) {
                Usage claimed = usage;
                if (handshaking && claimed != null) {
                    handshaking = false;
                    handshakes--;
                    claimed.handshakes--;
                }
            }
        }

        /** Gives the place back; harmless the second time. */
        public void close() {
            synchronized (Admission.this) {
                if (closed) {
                    return;
                }
                endHandshake();
                closed = true;
                connections--;
                Usage claimed = usage;
                if (claimed != null) {
                    claimed.connections--;
                }
            }
        }
    }
}
