package org.ehashpool.kit.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Formats on the caller's thread and writes on its own, so that a stalled reader of the log stalls nothing else. */
final class QueueingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final String END = "";

    private final BlockingQueue<String> lines;
    private final OutputStream output;
    private final LongFunction<String> droppedLine;
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer;
    private volatile LineFormat format;

    /**
     * A writer of lines, with its thread not yet started.
     *
     * @param capacity lines that may wait
     * @param droppedLine the line that says how many were dropped since the last such line
     */
    QueueingAppender(OutputStream output, int capacity, LineFormat format, LongFunction<String> droppedLine) {
        this.output = output;
        this.lines = new ArrayBlockingQueue<>(capacity);
        this.format = format;
        this.droppedLine = droppedLine;
        this.writer = Thread.ofPlatform().name("log").daemon().unstarted(this::write);
    }

    @Override
    public void start() {
        super.start();
        writer.start();
    }

    void format(LineFormat newFormat) {
        format = newFormat;
    }

    /** Lines dropped and not yet declared. */
    long dropped() {
        return dropped.get();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!lines.offer(format.format(event))) {
            dropped.incrementAndGet();
        }
    }

    /**
     * Writes what waits.
     *
     * @param deadline for room in the queue, and again for the writing
     */
    void stop(Duration deadline) {
        super.stop();
        try {
            boolean written = lines.offer(END, deadline.toNanos(), TimeUnit.NANOSECONDS) && writer.join(deadline);
            if (!written) {
                addWarn("log not written to its end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            while (true) {
                @Nullable String line = lines.poll();
                if (line == null) {
                    declareDropped();
                    output.flush();
                    line = lines.take();
                }
                if (line.equals(END)) {
                    declareDropped();
                    output.flush();
                    return;
                }
                output.write(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // Nobody reads the log any more; what follows fills the queue once and is dropped.
            addError("cannot write the log", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void declareDropped() throws IOException {
        long count = dropped.getAndSet(0);
        if (count > 0) {
            output.write(droppedLine.apply(count).getBytes(StandardCharsets.UTF_8));
        }
    }
}
