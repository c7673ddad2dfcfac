package org.ehashpool.benchmarks.stats;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.frame.Frames;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;
import org.jspecify.annotations.Nullable;

/** The pool of {@link NinetyDays} goes on: a thousand events a second of all its connections, and heartbeats. */
final class LiveSender implements AutoCloseable {
    private static final long LAST_SEQ = 1_000;
    private static final int TENTH = 100;
    private static final int BEAT = 50;

    private final Socket socket;
    private final int miners;
    private final Thread thread;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    LiveSender(int port, int miners) throws IOException {
        this.miners = miners;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        say(new StatsMessage.Hello(1, 1, "pool", "pool-1", NinetyDays.BOOT, StatsUnderLoad.TOKEN, null));
        Thread.ofVirtual().start(() -> {
            try {
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                failed(e);
            }
        });
        thread = Thread.ofPlatform().name("pool-1").start(() -> {
            try {
                run();
            } catch (IOException e) {
                failed(e);
            }
        });
    }

    private void failed(IOException e) {
        if (!closed.get()) {
            failure.compareAndSet(null, e);
        }
    }

    private void say(StatsMessage message) throws IOException {
        socket.getOutputStream().write(Frames.frame(MessageJson.write(message)));
    }

    private void run() throws IOException {
        long seq = LAST_SEQ;
        for (long round = 0; !closed.get(); round++) {
            long at = System.currentTimeMillis();
            if (round % BEAT == 0) {
                say(new StatsMessage.Event(
                        ++seq, at, new StatsEvent.Heartbeat(1, "0.1", "ready", MessageJson.newObject())));
            }
            for (int i = 0; i < TENTH; i++) {
                long number = 1 + seq % miners;
                say(new StatsMessage.Event(
                        ++seq, at, new StatsEvent.ShareAccepted(number, 1, 1, BigInteger.valueOf(4_294_967_296L))));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /** That it was heard all the time. */
    void check() throws IOException {
        IOException cause = failure.get();
        if (cause != null) {
            throw new IOException("the pool was not heard to the end", cause);
        }
    }

    @Override
    public void close() throws IOException {
        closed.set(true);
        socket.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
