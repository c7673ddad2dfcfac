package org.ehashpool.conservation.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.ehashpool.conservation.schedule.Treatment;

/** One client's connection and the one to the server. */
final class RelayedConnection {
    private static final int CHUNK = 16_384;

    private final Relay relay;
    private final Socket client;
    private final Socket server;
    private volatile boolean torn;

    RelayedConnection(Relay relay, Socket client, Socket server) {
        this.relay = relay;
        this.client = client;
        this.server = server;
    }

    /** Relays both ways until one side has ended. */
    void run() {
        Thread answers = Thread.ofVirtual().name("relay-answers").start(() -> pump(server, client, true));
        pump(client, server, false);
        try {
            answers.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                pass(chunk, length, out, answers);
            }
        } catch (IOException broken) {
            // The other direction ends with it.
            torn = true;
        } finally {
            end();
        }
    }

    private void pass(byte[] chunk, int length, OutputStream out, boolean answers) throws IOException {
        Treatment present = relay.awaitWord();
        if (present instanceof Treatment.Swallow) {
            if (answers) {
                torn = true;
                return;
            }
        } else if (torn) {
            throw new IOException("bytes before these are lost");
        }
        if (present instanceof Treatment.Delay(Duration by)) {
            // What follows is held back with it: a slow link is also a narrow one.
            LockSupport.parkNanos(by.toNanos());
        }
        out.write(chunk, 0, length);
    }

    /** Whether bytes were lost: what follows them is of no use to who receives it. */
    boolean isTorn() {
        return torn;
    }

    /** Says something to both sides in the other's place, and ends it. */
    void endWith(byte[] bytes) {
        torn = true;
        try {
            client.getOutputStream().write(bytes);
            server.getOutputStream().write(bytes);
        } catch (IOException gone) {
            // It has ended already.
            torn = true;
        } finally {
            end();
        }
    }

    /** Ends it, on both sides, without a word. */
    void end() {
        try (client;
                server) {
            torn = true;
        } catch (IOException e) {
            throw new IllegalStateException("a socket that cannot be closed", e);
        }
    }
}
