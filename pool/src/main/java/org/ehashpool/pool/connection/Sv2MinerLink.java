package org.ehashpool.pool.connection;

import java.time.Duration;
import org.ehashpool.kit.sv2.ConnectionInfo;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.sv2.message.Message;

/** A miner over a connection of the kit. */
final class Sv2MinerLink implements MinerLink {
    private final Sv2Connection connection;

    Sv2MinerLink(Sv2Connection connection) {
        this.connection = connection;
    }

    @Override
    public ConnectionInfo info() {
        return connection.info();
    }

    @Override
    public void send(Message message) {
        connection.send(message);
    }

    @Override
    public void sendEncoded(EncodedFrame frame) {
        connection.sendEncoded(frame);
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable();
    }

    @Override
    public void pause() {
        connection.pause();
    }

    @Override
    public void resume() {
        connection.resume();
    }

    @Override
    public void close(CloseReason reason, String detail) {
        connection.close(reason, detail);
    }

    @Override
    public void abort(CloseReason reason) {
        connection.abort(reason);
    }

    @Override
    public Duration silence() {
        return connection.silence();
    }

    @Override
    public long bytesReceived() {
        return connection.counters().bytesReceived();
    }

    @Override
    public long bytesSent() {
        return connection.counters().bytesSent();
    }
}
