package org.ehashpool.conservation.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.ehashpool.conservation.schedule.Treatment;

/** Stands between clients and one server, on loopback, and treats all connections alike. */
public final class Relay implements AutoCloseable {
    private static final int BACKLOG = 256;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int NONSENSE_BYTES = 4_096;

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final InetSocketAddress impostor;
    private final Set<RelayedConnection> connections = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Random random;
    private Treatment treatment = new Treatment.Pass();

    /**
     * Listens, and passes on what comes.
     *
     * @param server its port on loopback
     * @param impostor the port that takes the server's place, where an impostor is asked for
     */
    public Relay(int server, int impostor, Random random) throws IOException {
        this.server = loopback(server);
        this.impostor = loopback(impostor);
        this.random = random;
        listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("relay-accept").start(this::accept);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Where clients connect. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Treats connections that way from now on. */
    public void treat(Treatment next) {
        lock.lock();
        try {
            treatment = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        switch (next) {
            case Treatment.Cut _, Treatment.Away _, Treatment.Impostor _ -> endAll();
            case Treatment.Garbage _ ->
                connections.forEach(connection ->
                        // Not all read what they are sent.
                        Thread.ofVirtual().name("relay-nonsense").start(() -> connection.endWith(nonsense())));
            // What has lost bytes is of no use.
            case Treatment.Pass _ ->
                connections.stream().filter(RelayedConnection::isTorn).forEach(RelayedConnection::end);
            case Treatment.Delay _, Treatment.Stall _, Treatment.Swallow _ -> {
                // It concerns what comes from now on.
            }
        }
    }

    private void endAll() {
        connections.forEach(RelayedConnection::end);
    }

    private byte[] nonsense() {
        byte[] bytes = new byte[NONSENSE_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    Treatment treatment() {
        lock.lock();
        try {
            return treatment;
        } finally {
            lock.unlock();
        }
    }

    /** The treatment, once it is another one than to say nothing. */
    Treatment awaitWord() {
        lock.lock();
        try {
            while (treatment instanceof Treatment.Stall) {
                changed.awaitUninterruptibly();
            }
            return treatment;
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().name("relay").start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            Treatment present = awaitWord();
            switch (present) {
                case Treatment.Away _ -> {
                    // Gone again.
                }
                case Treatment.Garbage _ -> client.getOutputStream().write(nonsense());
                case Treatment.Impostor _ -> connect(client, impostor);
                case Treatment.Pass _, Treatment.Delay _, Treatment.Cut _, Treatment.Stall _, Treatment.Swallow _ ->
                    connect(client, server);
            }
        } catch (IOException ended) {
            // Links that break are what this is for.
            return;
        }
    }

    private void connect(Socket client, InetSocketAddress to) throws IOException {
        try (Socket upstream = new Socket()) {
            upstream.connect(to, CONNECT_MILLIS);
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            RelayedConnection connection = new RelayedConnection(this, client, upstream);
            connections.add(connection);
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        treat(new Treatment.Away());
    }
}
