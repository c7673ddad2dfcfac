package org.ehashpool.pool.connection;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.sv2.ClientDescription;
import org.ehashpool.kit.sv2.ConnectionInfo;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.kit.sv2.setup.ConnectionKind;
import org.ehashpool.sv2.codec.Extensions;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.type.Bytes;
import org.jspecify.annotations.Nullable;

/** A miner that remembers what it was sent. */
final class StubLink implements MinerLink {
    final List<Message> sent = new ArrayList<>();
    final List<EncodedFrame> frames = new ArrayList<>();
    final long id;
    private final long flags;
    boolean writable = true;
    boolean paused;
    boolean broken;

    @Nullable
    String closed;

    StubLink(long id, long flags) {
        this.id = id;
        this.flags = flags;
    }

    <T extends Message> List<T> sent(Class<T> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public ConnectionInfo info() {
        return new ConnectionInfo(
                id,
                ConnectionKind.MINING,
                new InetSocketAddress("192.0.2.1", 4_000),
                Protocol.MINING,
                2,
                flags,
                0,
                Extensions.NONE,
                Bytes.EMPTY,
                new ClientDescription("vendor", "hardware", "firmware", "device"),
                Optional.empty(),
                Instant.EPOCH);
    }

    @Override
    public void send(Message message) {
        if (broken) {
            throw new IllegalStateException("a bug");
        }
        sent.add(message);
    }

    @Override
    public void sendEncoded(EncodedFrame frame) {
        frames.add(frame);
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public void close(CloseReason reason, String detail) {
        closed = reason.label() + ": " + detail;
    }

    @Override
    public void abort(CloseReason reason) {
        closed = reason.label();
    }

    @Override
    public Duration silence() {
        return Duration.ofSeconds(3);
    }

    @Override
    public long bytesReceived() {
        return 11;
    }

    @Override
    public long bytesSent() {
        return 22;
    }
}
