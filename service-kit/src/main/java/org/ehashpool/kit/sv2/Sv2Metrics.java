package org.ehashpool.kit.sv2;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.ehashpool.kit.sv2.admission.Admission;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.HandshakeWorkers;
import org.ehashpool.kit.sv2.link.TrafficTotals;
import org.ehashpool.kit.sv2.setup.ConnectionKind;

/**
 * The metrics of one endpoint, named {@code ehash.<service>.sv2.…} with the label {@code endpoint}. Every label has few
 * values known beforehand: kinds, reasons, directions; never an address or a name that a peer chose.
 */
final class Sv2Metrics {

    private final MeterRegistry registry;
    private final String prefix;
    private final Tags tags;
    private final TrafficTotals traffic = new TrafficTotals();
    private final AtomicInteger settingUp = new AtomicInteger();
    private final Map<ConnectionKind, AtomicInteger> established = new EnumMap<>(ConnectionKind.class);
    private final Map<CloseReason, Counter> closes = new EnumMap<>(CloseReason.class);
    private final Counter handshakes;
    private final Timer setupTime;
    private final Counter dropped;
    private final Counter discarded;

    Sv2Metrics(MeterRegistry registry, String service, String endpoint) {
        this.registry = registry;
        this.prefix = "ehash." + service + ".sv2.";
        this.tags = Tags.of("endpoint", endpoint);
        Gauge.builder(prefix + "connections", settingUp, AtomicInteger::get)
                .tags(tags.and("state", "setup", "kind", "unknown"))
                .description("Open connections by state and kind")
                .register(registry);
        for (ConnectionKind kind : ConnectionKind.values()) {
            AtomicInteger count = new AtomicInteger();
            established.put(kind, count);
            Gauge.builder(prefix + "connections", count, AtomicInteger::get)
                    .tags(tags.and("state", "established", "kind", kind.label()))
                    .description("Open connections by state and kind")
                    .register(registry);
        }
        for (CloseReason reason : CloseReason.values()) {
            closes.put(
                    reason,
                    Counter.builder(prefix + "closes")
                            .tags(tags.and("reason", reason.label()))
                            .description("Connections that ended or were turned away, by reason")
                            .register(registry));
        }
        handshakes = Counter.builder(prefix + "handshakes")
                .tags(tags)
                .description("Noise handshakes completed")
                .register(registry);
        setupTime = Timer.builder(prefix + "setup")
                .tags(tags)
                .description("From the TCP connection to the end of its setup")
                .register(registry);
        dropped = Counter.builder(prefix + "sends.dropped")
                .tags(tags)
                .description("Messages given to a connection that was already closing")
                .register(registry);
        discarded = Counter.builder(prefix + "messages.discarded")
                .tags(tags)
                .description("Messages of unknown extensions that were discarded")
                .register(registry);
        count(registry, prefix + "frames", tags.and("direction", "in"), traffic.framesReceived());
        count(registry, prefix + "frames", tags.and("direction", "out"), traffic.framesSent());
        count(registry, prefix + "bytes", tags.and("direction", "in"), traffic.bytesReceived());
        count(registry, prefix + "bytes", tags.and("direction", "out"), traffic.bytesSent());
    }

    /** Shows what unfinished handshakes and frames keep here, and how many handshakes wait for a worker. */
    void watch(Admission admission, HandshakeWorkers workers) {
        Gauge.builder(prefix + "handshakes.pending", admission, Admission::handshakes)
                .tags(tags)
                .description("Handshakes of this endpoint that wait or are computed")
                .register(registry);
        Gauge.builder(prefix + "partial.bytes", admission, Admission::partialBytes)
                .tags(tags)
                .description("Bytes that unfinished frames keep, beyond what is free to each connection")
                .register(registry);
        Gauge.builder(prefix + "handshakes.queued", workers, HandshakeWorkers::queued)
                .tags(tags)
                .description("Handshakes of the process that wait for a worker")
                .register(registry);
    }

    /** A registry holds the total weakly: it has to be one that {@link #traffic} keeps. */
    private static void count(MeterRegistry registry, String name, Tags tags, LongAdder total) {
        FunctionCounter.builder(name, total, LongAdder::sum).tags(tags).register(registry);
    }

    TrafficTotals traffic() {
        return traffic;
    }

    void accepted() {
        settingUp.incrementAndGet();
    }

    void handshakeDone() {
        handshakes.increment();
    }

    void established(ConnectionKind kind, long setupNanos) {
        settingUp.decrementAndGet();
        gauge(kind).incrementAndGet();
        setupTime.record(setupNanos, TimeUnit.NANOSECONDS);
    }

    void closedInSetup(CloseReason reason) {
        settingUp.decrementAndGet();
        turnedAway(reason);
    }

    void closed(ConnectionKind kind, CloseReason reason) {
        gauge(kind).decrementAndGet();
        turnedAway(reason);
    }

    void turnedAway(CloseReason reason) {
        Counter counter = closes.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    void sendDropped() {
        dropped.increment();
    }

    void messageDiscarded() {
        discarded.increment();
    }

    private AtomicInteger gauge(ConnectionKind kind) {
        return established.computeIfAbsent(kind, absent -> new AtomicInteger());
    }
}
