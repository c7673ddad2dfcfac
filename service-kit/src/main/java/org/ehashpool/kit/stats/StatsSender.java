package org.ehashpool.kit.stats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.ehashpool.kit.stats.spool.Spool;
import org.ehashpool.kit.stats.spool.SpoolRecord;
import org.ehashpool.stats.frame.FrameDecoder;
import org.ehashpool.stats.frame.Frames;
import org.ehashpool.stats.frame.MalformedFrameException;
import org.ehashpool.stats.message.MalformedMessageException;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is in the spool, one boot after the other, the oldest first; a connection is for one boot. Runs on a thread
 * of its own, which waits for the network; a second one reads the acknowledgements.
 */
final class StatsSender {
    private static final long WIDEST_WINDOW = 16_384;
    private static final int BATCH_BYTES = 128 * 1024;
    private static final Duration FIRST_DELAY = Duration.ofMillis(250);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    private final Dialler dialler;
    private final Spool spool;
    private final String currentBoot;
    private final Function<String, StatsMessage.Hello> hello;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Socket socket;
    private @Nullable SendingWindow window;
    private boolean stopping;

    /** @param hello for a boot */
    StatsSender(
            Dialler dialler,
            Spool spool,
            String currentBoot,
            Function<String, StatsMessage.Hello> hello,
            RandomGenerator random) {
        this.dialler = dialler;
        this.spool = spool;
        this.currentBoot = currentBoot;
        this.hello = hello;
        this.random = random;
    }

    /** Until {@link #stop}. */
    void run() {
        int failures = 0;
        while (!isStopping()) {
            try {
                session();
                failures = 0;
            } catch (IOException | GeneralSecurityException | MalformedFrameException | MalformedMessageException e) {
                if (failures == 0 && !isStopping()) {
                    PublisherEvents.disconnected(dialler.address(), e);
                }
                failures = wasServed() ? 1 : failures + 1;
                pause(failures);
            } finally {
                disconnect();
            }
        }
    }

    /** There may be more in the spool. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the connection and {@link #run}. */
    void stop() {
        lock.lock();
        try {
            stopping = true;
        } finally {
            lock.unlock();
        }
        disconnect();
        wake();
    }

    boolean isConnected() {
        lock.lock();
        try {
            return window != null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether everything of the present boot up to its present end is acknowledged. */
    boolean isDelivered() throws IOException {
        lock.lock();
        try {
            SendingWindow present = window;
            return present != null
                    && spool.oldestBoot().equals(currentBoot)
                    && present.unacknowledged() == 0
                    && spool.read(currentBoot, present.sent(), 1).isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void session()
            throws IOException, GeneralSecurityException, MalformedFrameException, MalformedMessageException {
        String boot = spool.oldestBoot();
        Socket connection = dialler.dial();
        lock.lock();
        try {
            socket = connection;
        } finally {
            lock.unlock();
        }
        if (isStopping()) {
            return;
        }
        OutputStream output = connection.getOutputStream();
        output.write(Frames.frame(MessageJson.write(hello.apply(boot))));
        output.flush();
        Replies replies = new Replies(connection.getInputStream());
        switch (replies.next()) {
            case StatsMessage.Welcome welcome -> {
                check(boot, welcome);
                PublisherEvents.connected(dialler.address(), welcome.version(), welcome.lastSeq());
                SendingWindow opened = new SendingWindow(welcome.lastSeq(), WIDEST_WINDOW);
                lock.lock();
                try {
                    window = opened;
                } finally {
                    lock.unlock();
                }
                spool.acknowledge(boot, welcome.lastSeq());
                serve(new Served(boot, opened, connection, output, replies));
            }
            case StatsMessage.Refused refused -> refused(refused);
            case StatsMessage.Ack ack -> throw new IOException("acknowledged before it said welcome");
        }
    }

    /** Of an earlier boot the end may have been lost with the power after it was sent; of the present one nothing can. */
    private void check(String boot, StatsMessage.Welcome welcome) throws IOException {
        if (boot.equals(currentBoot) && welcome.lastSeq() > spool.lastAppended()) {
            throw new IOException("said welcome after number " + welcome.lastSeq() + ", but this boot is at "
                    + spool.lastAppended() + ": that is another history");
        }
    }

    private void refused(StatsMessage.Refused refused) {
        PublisherEvents.refused(dialler.address(), refused.code(), refused.message());
        pauseFor(LONGEST_DELAY);
    }

    /** A connection on which welcome was said. */
    private record Served(String boot, SendingWindow window, Socket connection, OutputStream output, Replies replies) {}

    /** How the receiver ended a connection: what it said, or why nothing can be heard of it. */
    private sealed interface End {}

    private record Refusal(StatsMessage.Refused said) implements End {}

    private record Broken(Exception cause) implements End {}

    private void serve(Served served) throws IOException {
        AtomicReference<@Nullable End> end = new AtomicReference<>();
        Thread reader =
                Thread.ofVirtual().name("stats-acknowledgements").start(() -> end.set(acknowledgements(served)));
        @Nullable IOException failure = null;
        boolean finished = false;
        try {
            finished = send(served);
        } catch (IOException e) {
            failure = e;
        } finally {
            served.connection().close();
            join(reader);
        }
        if (finished || isStopping()) {
            return;
        }
        End ended = end.get();
        if (ended instanceof Refusal refusal) {
            refused(refusal.said());
        } else if (failure != null) {
            throw failure;
        } else {
            throw new IOException(
                    ended instanceof Broken broken
                            ? String.valueOf(broken.cause().getMessage())
                            : "the connection ended");
        }
    }

    /** Returns whether all of an earlier boot is kept for good; false when the connection is over. */
    private boolean send(Served served) throws IOException {
        while (!isStopping() && !served.connection().isClosed()) {
            byte[] frames;
            lock.lock();
            try {
                SendingWindow opened = served.window();
                List<SpoolRecord> records =
                        opened.isOpen() ? spool.read(served.boot(), opened.sent(), BATCH_BYTES) : List.of();
                if (records.isEmpty()) {
                    if (!spool.oldestBoot().equals(served.boot())) {
                        return true;
                    }
                    // A signal may come between the look and the wait for another lock's sake: not for long.
                    changed.await(1, TimeUnit.SECONDS);
                    continue;
                }
                frames = opened.frames(records);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                lock.unlock();
            }
            served.output().write(frames);
            served.output().flush();
        }
        return false;
    }

    /** Until the connection ends, one way or the other. */
    private End acknowledgements(Served served) {
        Socket connection = served.connection();
        try (connection) {
            while (true) {
                switch (served.replies().next()) {
                    case StatsMessage.Ack ack -> acknowledged(served.window(), served.boot(), ack.seq());
                    case StatsMessage.Refused refused -> {
                        return new Refusal(refused);
                    }
                    case StatsMessage.Welcome welcome -> throw new IOException("said welcome twice");
                }
            }
        } catch (IOException | MalformedFrameException | MalformedMessageException e) {
            return new Broken(e);
        } finally {
            wake();
        }
    }

    private void acknowledged(SendingWindow opened, String boot, long seq) throws IOException {
        lock.lock();
        try {
            if (!opened.acknowledge(seq)) {
                throw new IOException("acknowledged what was not sent: " + seq);
            }
            spool.acknowledge(boot, seq);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void disconnect() {
        lock.lock();
        try {
            window = null;
            Socket open = socket;
            socket = null;
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            PublisherEvents.disconnected(dialler.address(), e);
        } finally {
            lock.unlock();
        }
    }

    private boolean wasServed() {
        return isConnected();
    }

    private boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    private void pause(int failures) {
        long most = Math.min(LONGEST_DELAY.toMillis(), FIRST_DELAY.toMillis() << Math.min(failures, 10));
        pauseFor(Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1)));
    }

    private void pauseFor(Duration delay) {
        lock.lock();
        try {
            long left = delay.toNanos();
            while (!stopping && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            stopping = true;
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the receiver says, one at a time. */
    private static final class Replies {
        private final InputStream input;
        private final FrameDecoder decoder = new FrameDecoder();
        private final Queue<byte[]> payloads = new ArrayDeque<>();
        private final byte[] bytes = new byte[4_096];

        Replies(InputStream input) {
            this.input = input;
        }

        StatsMessage.FromReceiver next() throws IOException, MalformedFrameException, MalformedMessageException {
            byte @Nullable [] payload = payloads.poll();
            while (payload == null) {
                int count = input.read(bytes);
                if (count < 0) {
                    throw new IOException("the statistics service closed the connection");
                }
                decoder.feed(bytes, 0, count, payloads::add);
                payload = payloads.poll();
            }
            return MessageJson.readFromReceiver(payload);
        }
    }
}
