package org.ehashpool.kit.sv2.link;

import java.util.concurrent.atomic.AtomicLong;

/** What went over one connection. Written by its event loop, read by anyone. */
public final class LinkCounters {

    private final TrafficTotals totals;
    private final AtomicLong framesReceived = new AtomicLong();
    private final AtomicLong framesSent = new AtomicLong();
    private final AtomicLong bytesReceived = new AtomicLong();
    private final AtomicLong bytesSent = new AtomicLong();

    /** @param totals where the connection's traffic is added */
    public LinkCounters(TrafficTotals totals) {
        this.totals = totals;
    }

    /** Frames received and understood as such. */
    public long framesReceived() {
        return framesReceived.getOpaque();
    }

    /** Frames given to the transport. */
    public long framesSent() {
        return framesSent.getOpaque();
    }

    /** Bytes received on the wire, of frames. */
    public long bytesReceived() {
        return bytesReceived.getOpaque();
    }

    /** Bytes given to the transport, of frames. */
    public long bytesSent() {
        return bytesSent.getOpaque();
    }

    void received(int bytes) {
        bytesReceived.setOpaque(bytesReceived.getPlain() + bytes);
        totals.bytesReceived().add(bytes);
    }

    void frameReceived() {
        framesReceived.setOpaque(framesReceived.getPlain() + 1);
        totals.framesReceived().increment();
    }

    void frameSent(int bytes) {
        framesSent.setOpaque(framesSent.getPlain() + 1);
        bytesSent.setOpaque(bytesSent.getPlain() + bytes);
        totals.framesSent().increment();
        totals.bytesSent().add(bytes);
    }
}
