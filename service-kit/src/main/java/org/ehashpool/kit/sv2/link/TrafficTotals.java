package org.ehashpool.kit.sv2.link;

import java.util.concurrent.atomic.LongAdder;

/**
 * The traffic of all connections of one endpoint, past and present.
 *
 * @param framesReceived frames received
 * @param framesSent frames given to the transport
 * @param bytesReceived bytes received on the wire
 * @param bytesSent bytes given to the transport
 */
public record TrafficTotals(
        LongAdder framesReceived, LongAdder framesSent, LongAdder bytesReceived, LongAdder bytesSent) {

    public TrafficTotals() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }
}
