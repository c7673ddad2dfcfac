package org.ehashpool.kit.stats;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.frame.FrameDecoder;
import org.ehashpool.stats.frame.Frames;
import org.ehashpool.stats.frame.MalformedFrameException;
import org.ehashpool.stats.message.MalformedMessageException;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;
import org.jspecify.annotations.Nullable;

/** A statistics service that keeps what it is told in memory, and can be told to behave badly. */
public final class Receiver implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Map<String, Long> last = new ConcurrentHashMap<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    /** In the order in which they came. */
    public final List<StatsMessage> received = new CopyOnWriteArrayList<>();

    /** Of each connection. */
    public final List<StatsMessage.Hello> hellos = new CopyOnWriteArrayList<>();

    /** Acknowledge nothing. */
    volatile boolean silent;

    /** What welcome says besides what is true: the last number of a boot, where it is not negative. */
    volatile long claimed = -1;

    /** On a free port of the loopback address. */
    public Receiver() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    /** Where it is. */
    public URI url() {
        return URI.create("tcp://127.0.0.1:" + server.getLocalPort());
    }

    /** Ends every connection; nothing is forgotten. */
    void hangUp() throws IOException {
        for (Socket connection : connections) {
            connection.close();
        }
    }

    List<Long> numbers() {
        List<Long> numbers = new ArrayList<>();
        for (StatsMessage message : received) {
            if (message instanceof StatsMessage.Event event) {
                numbers.add(event.seq());
            }
        }
        return numbers;
    }

    /** Those among what was received. */
    public List<StatsEvent.Heartbeat> heartbeats() {
        List<StatsEvent.Heartbeat> heartbeats = new ArrayList<>();
        for (StatsMessage message : received) {
            if (message instanceof StatsMessage.Event event
                    && event.event() instanceof StatsEvent.Heartbeat heartbeat) {
                heartbeats.add(heartbeat);
            }
        }
        return heartbeats;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket connection) {
        FrameDecoder decoder = new FrameDecoder();
        List<byte[]> payloads = new ArrayList<>();
        byte[] bytes = new byte[8_192];
        @Nullable String boot = null;
        try (connection) {
            InputStream input = connection.getInputStream();
            for (int count = input.read(bytes); count >= 0; count = input.read(bytes)) {
                decoder.feed(bytes, 0, count, payloads::add);
                for (byte[] payload : payloads) {
                    boot = take(connection, MessageJson.readFromSender(payload), boot);
                }
                payloads.clear();
            }
        } catch (IOException e) {
            connections.remove(connection);
        } catch (MalformedFrameException | MalformedMessageException e) {
            throw new AssertionError("a sender that is in order", e);
        }
    }

    private @Nullable String take(Socket connection, StatsMessage.FromSender message, @Nullable String boot)
            throws IOException {
        switch (message) {
            case StatsMessage.Hello hello -> {
                hellos.add(hello);
                say(
                        connection,
                        new StatsMessage.Welcome(1, claimed >= 0 ? claimed : last.getOrDefault(hello.bootId(), 0L)));
                return hello.bootId();
            }
            case StatsMessage.Event event -> keep(connection, event, String.valueOf(boot), event.seq());
            case StatsMessage.Gap gap -> keep(connection, gap, String.valueOf(boot), gap.to());
        }
        return boot;
    }

    private void keep(Socket connection, StatsMessage message, String boot, long seq) throws IOException {
        if (!silent) {
            received.add(message);
            last.put(boot, seq);
            say(connection, new StatsMessage.Ack(seq));
        }
    }

    private static void say(Socket connection, StatsMessage message) throws IOException {
        connection.getOutputStream().write(Frames.frame(MessageJson.write(message)));
    }

    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
    }
}
