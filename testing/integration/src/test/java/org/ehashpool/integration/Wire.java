package org.ehashpool.integration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ehashpool.noise.certificate.Sv2Url;

/** A TCP connection's way, bytes as they are: what an eavesdropper sees, and what an excavator cuts. */
final class Wire implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final ServerSocket listener;
    private final Sv2Url server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private volatile boolean cut;
    private volatile boolean deafToServer;

    private Wire(Sv2Url server) throws IOException {
        this.server = server;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("wire").start(this::accept);
    }

    /** Listens on loopback, and dials the server for each client. */
    static Wire to(Sv2Url server) throws IOException {
        return new Wire(server);
    }

    /** What clients are to dial: the server's key at this place. */
    Sv2Url url() {
        return new Sv2Url("127.0.0.1", listener.getLocalPort(), server.authority());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (cut) {
                    client.close();
                    continue;
                }
                Socket dialled = new Socket();
                sockets.add(client);
                sockets.add(dialled);
                dialled.connect(new InetSocketAddress(server.host(), server.port()));
                Thread.ofVirtual().start(() -> relay(client, dialled, false));
                Thread.ofVirtual().start(() -> relay(dialled, client, true));
            } catch (IOException ended) {
                close(sockets);
            }
        }
    }

    private void relay(Socket from, Socket to, boolean fromServer) {
        try (from;
                to) {
            byte[] buffer = new byte[BUFFER];
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                synchronized (seen) {
                    seen.write(buffer, 0, read);
                }
                if (!(fromServer && deafToServer)) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        } catch (IOException ended) {
            close(Set.of(from, to));
        }
    }

    /** What was sent in both directions. */
    byte[] seen() {
        synchronized (seen) {
            return seen.toByteArray();
        }
    }

    /** Breaks every connection, and those to come. */
    void cut() {
        cut = true;
        close(sockets);
        sockets.clear();
    }

    /** Lets connections through again. */
    void mend() {
        cut = false;
    }

    /** Loses what the server says, without a sign to either side. */
    void loseFromServer(boolean now) {
        deafToServer = now;
    }

    private static void close(Set<Socket> all) {
        for (Socket socket : all) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new AssertionError("a socket that cannot be closed", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
