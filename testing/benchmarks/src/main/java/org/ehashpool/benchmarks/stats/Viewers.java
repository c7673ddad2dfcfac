package org.ehashpool.benchmarks.stats;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Browsers that have a page open and take what changes of it. */
final class Viewers implements AutoCloseable {
    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong gone = new AtomicLong();

    Viewers(URI service, List<String> pages) throws IOException {
        for (String page : pages) {
            Socket socket = new Socket(service.getHost(), service.getPort());
            sockets.add(socket);
            socket.getOutputStream()
                    .write(("GET " + page + " HTTP/1.1\r\nHost: " + service.getHost()
                                    + "\r\nAccept: text/event-stream\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            Thread.ofVirtual().start(() -> read(socket));
        }
    }

    private void read(Socket socket) {
        boolean first = true;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    messages.incrementAndGet();
                    if (first) {
                        first = false;
                        served.incrementAndGet();
                    }
                }
            }
            gone.incrementAndGet();
        } catch (IOException e) {
            gone.incrementAndGet();
        }
    }

    /** Until everyone has seen the whole page. */
    void awaitAll() {
        while (served.get() + gone.get() < sockets.size()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    long messages() {
        return messages.get();
    }

    /** Whose connection ended. */
    long gone() {
        return gone.get();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
