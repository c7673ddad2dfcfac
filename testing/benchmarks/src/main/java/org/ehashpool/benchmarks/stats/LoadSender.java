package org.ehashpool.benchmarks.stats;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import org.ehashpool.stats.frame.FrameDecoder;
import org.ehashpool.stats.frame.Frames;
import org.ehashpool.stats.frame.MalformedFrameException;
import org.ehashpool.stats.message.MalformedMessageException;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;
import org.jspecify.annotations.Nullable;

/** Tells as fast as it is acknowledged, with as much on the way as a real sender has. Two threads. */
final class LoadSender {
    private static final long WINDOW = 16_384;
    private static final int BATCH = 256;
    private static final int BUFFER = 128 * 1024;

    private final int port;
    private final StatsMessage.Hello hello;
    private final EventStream stream;
    private final Object lock = new Object();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread;
    private long acknowledged;
    private boolean stopping;

    LoadSender(int port, StatsMessage.Hello hello, EventStream stream, int channels) {
        this.port = port;
        this.hello = hello;
        this.stream = stream;
        this.thread = Thread.ofPlatform().name("sender-" + hello.instance()).start(() -> {
            try {
                run(channels);
            } catch (IOException | MalformedFrameException | MalformedMessageException e) {
                failed(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void run(int channels)
            throws IOException, InterruptedException, MalformedFrameException, MalformedMessageException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                OutputStream output = new BufferedOutputStream(socket.getOutputStream(), BUFFER)) {
            output.write(Frames.frame(MessageJson.write(hello)));
            output.flush();
            Thread reader = Thread.ofPlatform().daemon().start(() -> read(socket));
            for (int number = 1; number <= channels; number++) {
                output.write(stream.opening(number, System.currentTimeMillis()));
            }
            while (awaitRoom()) {
                long at = System.currentTimeMillis();
                for (int i = 0; i < BATCH; i++) {
                    output.write(stream.next(at));
                }
                output.flush();
            }
            awaitAll();
            socket.shutdownOutput();
            reader.join();
        }
    }

    private boolean awaitRoom() throws InterruptedException {
        synchronized (lock) {
            while (!stopping && failure.get() == null && stream.seq() - acknowledged > WINDOW - 2 * BATCH) {
                lock.wait();
            }
            return !stopping && failure.get() == null;
        }
    }

    private void awaitAll() throws InterruptedException {
        synchronized (lock) {
            while (failure.get() == null && acknowledged < stream.seq()) {
                lock.wait();
            }
        }
    }

    private void read(Socket socket) {
        FrameDecoder decoder = new FrameDecoder();
        byte[] bytes = new byte[4_096];
        try {
            for (int count = socket.getInputStream().read(bytes);
                    count >= 0;
                    count = socket.getInputStream().read(bytes)) {
                decoder.feed(bytes, 0, count, this::heard);
            }
        } catch (IOException | MalformedFrameException e) {
            if (!socket.isClosed()) {
                failed(e);
            }
        }
    }

    private void heard(byte[] payload) {
        try {
            switch (MessageJson.readFromReceiver(payload)) {
                case StatsMessage.Welcome welcome -> {}
                case StatsMessage.Ack ack -> {
                    synchronized (lock) {
                        acknowledged = ack.seq();
                        lock.notifyAll();
                    }
                }
                case StatsMessage.Refused refused -> failed(new IOException(refused.code() + ": " + refused.message()));
            }
        } catch (MalformedMessageException e) {
            failed(e);
        }
    }

    private void failed(Exception cause) {
        failure.compareAndSet(null, cause);
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    /** Tells no more, and waits until everything is acknowledged. */
    void finish() throws IOException, InterruptedException {
        synchronized (lock) {
            stopping = true;
            lock.notifyAll();
        }
        thread.join();
        Exception cause = failure.get();
        if (cause != null) {
            throw new IOException("a sender ended", cause);
        }
    }

    EventStream stream() {
        return stream;
    }
}
