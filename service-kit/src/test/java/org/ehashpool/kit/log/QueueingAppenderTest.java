package org.ehashpool.kit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class QueueingAppenderTest {
    private static final LineFormat MESSAGE = event -> event.getMessage() + "\n";

    @Test
    void shouldDropAndDeclareWhenReaderStalls() throws InterruptedException {
        StalledStream output = new StalledStream();
        QueueingAppender appender = appender(output, 2);
        appender.doAppend(LogLines.event("first"));
        output.reached.await();

        for (String message : new String[] {"second", "third", "fourth", "fifth"}) {
            appender.doAppend(LogLines.event(message));
        }
        assertThat(appender.dropped()).isEqualTo(2);
        output.released.countDown();
        appender.stop(Duration.ofSeconds(10));

        assertThat(output.written.toString(StandardCharsets.UTF_8)).isEqualTo("first\nsecond\nthird\ndropped 2\n");
    }

    @Test
    void shouldGiveUpWhenReaderStallsAtTheEnd() throws InterruptedException {
        StalledStream output = new StalledStream();
        QueueingAppender appender = appender(output, 2);
        appender.doAppend(LogLines.event("first"));
        output.reached.await();

        appender.stop(Duration.ofMillis(1));

        assertThat(output.written.size()).isZero();
        output.released.countDown();
    }

    @Test
    void shouldDropWhenOutputIsBroken() {
        QueueingAppender appender = appender(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("broken pipe");
                    }
                },
                1);

        Awaitility.await().until(() -> {
            appender.doAppend(LogLines.event("lost"));
            return appender.dropped() > 0;
        });
        appender.stop(Duration.ofMillis(1));
    }

    private static QueueingAppender appender(OutputStream output, int capacity) {
        QueueingAppender appender = new QueueingAppender(output, capacity, MESSAGE, count -> "dropped " + count + "\n");
        appender.setContext(new ch.qos.logback.classic.LoggerContext());
        appender.start();
        return appender;
    }

    /** Holds the first write until it is released. */
    private static final class StalledStream extends OutputStream {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            throw new AssertionError("lines are written whole");
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            reached.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            written.write(bytes);
        }
    }
}
