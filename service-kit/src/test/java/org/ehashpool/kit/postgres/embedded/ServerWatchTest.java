package org.ehashpool.kit.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerWatchTest {

    private static final Duration DELAY = Duration.ofMillis(10);

    private final AtomicInteger starts = new AtomicInteger();
    private ServerWatch watch = watch(0, attempt -> {});

    private interface Start {
        void attempt(int number) throws IOException;
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void shouldStartAgainWhenNoProcessIsLeftToWatch() throws Exception {
        watch = watch(0, attempt -> {});
        watch.begin();
        awaitStarts(3);
    }

    @Test
    void shouldStartAgainWhenTheProcessDiedBeforeItWasWatched() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        watch = watch(dead.pid(), attempt -> {});
        watch.begin();
        awaitStarts(3);
    }

    @Test
    void shouldTryAgainWhenStartFailsInWhateverWay() throws Exception {
        CountDownLatch succeeded = new CountDownLatch(1);
        watch = new ServerWatch(
                new Object(),
                new ServerWatch.Server() {
                    @Override
                    public long lastPid() {
                        return succeeded.getCount() == 0
                                ? ProcessHandle.current().pid()
                                : 0;
                    }

                    @Override
                    public void startAgain() throws IOException {
                        switch (starts.incrementAndGet()) {
                            case 1 -> throw new IOException("no file");
                            case 2 -> throw new IllegalStateException("unexpected");
                            case 3 -> throw new EmbeddedPostgresException("no server");
                            default -> succeeded.countDown();
                        }
                    }
                },
                DELAY);
        watch.begin();
        assertThat(succeeded.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(starts).hasValue(4);
    }

    @Test
    void shouldLeaveALiveProcessAlone() throws Exception {
        Process server = new ProcessBuilder("sleep", "60").start();
        try {
            watch = watch(server.pid(), attempt -> {});
            watch.begin();
            Awaitility.await().during(DELAY.multipliedBy(10)).until(() -> starts.get() == 0);
        } finally {
            server.destroyForcibly();
        }
        awaitStarts(1);
    }

    @Test
    void shouldStopTryingWhenClosed() throws Exception {
        watch = watch(0, attempt -> {
            throw new IOException("never");
        });
        watch.begin();
        awaitStarts(1);
        watch.close();
        int last = starts.get();
        Awaitility.await().during(DELAY.multipliedBy(20)).until(() -> starts.get() == last);
    }

    private void awaitStarts(int least) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> starts.get() >= least);
    }

    private ServerWatch watch(long pid, Start start) {
        return new ServerWatch(
                new Object(),
                new ServerWatch.Server() {
                    @Override
                    public long lastPid() {
                        return pid;
                    }

                    @Override
                    public void startAgain() throws IOException {
                        start.attempt(starts.incrementAndGet());
                    }
                },
                DELAY);
    }
}
