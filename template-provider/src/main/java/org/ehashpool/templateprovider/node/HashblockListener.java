package org.ehashpool.templateprovider.node;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;
import org.ehashpool.kit.service.Component;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.event.TemplateProviderEvents;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Hears of new tips from the node's ZMQ notifications, on a thread of its own. It connects and reconnects by itself; what
 * it tells is a hint only, for the messages are not authenticated and may get lost.
 *
 * @see <a href="https://github.com/bitcoin/bitcoin/blob/master/doc/zmq.md">Bitcoin Core, ZMQ notifications</a>
 */
public final class HashblockListener implements Component {
    private static final String TOPIC = "hashblock";
    private static final int PATIENCE_MILLIS = 200;
    private static final int MOST_WAITING = 16;
    private static final int LARGEST_MESSAGE = 1_024;
    private static final int KEEP_ALIVE = 1;
    /** JeroMQ may miss that a greeting has come: without this it would notice after half a minute. */
    private static final int HANDSHAKE_MILLIS = 1_000;

    private final String address;
    private final Consumer<U256> tips;
    private final Promise<Void> ended = Promise.promise();
    private volatile boolean stopping;
    private @Nullable Thread thread;

    /**
     * Hears nothing yet.
     *
     * @param address as {@code tcp://127.0.0.1:28332}
     * @param tips told the hash of each new tip, on this listener's thread
     */
    public HashblockListener(String address, Consumer<U256> tips) {
        this.address = address;
        this.tips = tips;
    }

    @Override
    public String name() {
        return "zmq";
    }

    @Override
    public Future<Void> start() {
        thread = Thread.ofPlatform().name("zmq-hashblock").daemon().start(this::listen);
        return Future.succeededFuture();
    }

    private void listen() {
        try (ZContext context = new ZContext();
                ZMQ.Socket socket = context.createSocket(SocketType.SUB)) {
            socket.setReceiveTimeOut(PATIENCE_MILLIS);
            socket.setRcvHWM(MOST_WAITING);
            socket.setMaxMsgSize(LARGEST_MESSAGE);
            socket.setTCPKeepAlive(KEEP_ALIVE);
            socket.setHandshakeIvl(HANDSHAKE_MILLIS);
            socket.connect(address);
            socket.subscribe(TOPIC.getBytes(ZMQ.CHARSET));
            while (!stopping) {
                receive(socket);
            }
        } catch (ZMQException | IllegalArgumentException e) {
            TemplateProviderEvents.hintsFailed(address, e);
        } finally {
            ended.tryComplete();
        }
    }

    /** Three parts: topic, the hash with its most significant byte first, a sequence number. */
    private void receive(ZMQ.Socket socket) {
        byte[] topic = socket.recv();
        if (topic == null) {
            return;
        }
        byte[] hash = socket.hasReceiveMore() ? socket.recv() : null;
        while (socket.hasReceiveMore()) {
            socket.recv();
        }
        if (hash != null && hash.length == U256.LENGTH) {
            tips.accept(U256.fromBigEndian(hash, 0));
        }
    }

    @Override
    public Future<Void> stop() {
        stopping = true;
        return thread == null ? Future.succeededFuture() : ended.future();
    }
}
