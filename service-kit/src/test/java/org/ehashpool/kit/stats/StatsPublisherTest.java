package org.ehashpool.kit.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.message.StatsMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class StatsPublisherTest {
    private static final String FIRST = "1".repeat(32);
    private static final String SECOND = "2".repeat(32);

    private final Vertx vertx = Vertx.vertx();
    private final ServiceMetrics metrics = ServiceMetrics.create("sample", "0.1");

    @TempDir
    private Path spool;

    @AfterEach
    void close() throws Exception {
        metrics.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldTellEverythingInOrderWithAHeartbeatFirstAndAFarewellLast() throws Exception {
        try (Receiver receiver = new Receiver()) {
            StatsPublisher publisher = start(receiver.url(), FIRST);
            blocks(publisher, 1, 500);
            stop(publisher);

            await().until(() -> receiver.numbers().size() >= 502);
            assertThat(receiver.numbers())
                    .isEqualTo(LongStream.rangeClosed(1, 502).boxed().toList());
            assertThat(receiver.hellos.getFirst().token()).isEqualTo("secret");
            assertThat(receiver.received.getLast())
                    .isInstanceOfSatisfying(
                            StatsMessage.Event.class,
                            event -> assertThat(event.event())
                                    .isInstanceOfSatisfying(
                                            StatsEvent.Heartbeat.class,
                                            heartbeat -> assertThat(heartbeat.state())
                                                    .isEqualTo("stopped")));
        }
    }

    @Test
    void shouldSendAgainWhatWasNotAcknowledgedWhenTheConnectionBroke() throws Exception {
        try (Receiver receiver = new Receiver()) {
            StatsPublisher publisher = start(receiver.url(), FIRST);
            blocks(publisher, 1, 10);
            await().until(() -> receiver.numbers().size() == 11);
            receiver.silent = true;
            blocks(publisher, 11, 100);
            receiver.hangUp();
            receiver.silent = false;
            blocks(publisher, 101, 200);

            await().until(() -> receiver.numbers().size() >= 201);
            assertThat(receiver.numbers())
                    .isEqualTo(LongStream.rangeClosed(1, 201).boxed().toList());
            assertThat(receiver.hellos).hasSizeGreaterThan(1);
            stop(publisher);
        }
    }

    @Test
    void shouldTellWhatAnEarlierBootLeftBeforeItsOwn() throws Exception {
        StatsPublisher earlier = start(URI.create("tcp://127.0.0.1:1"), FIRST);
        blocks(earlier, 1, 50);
        stop(earlier);
        try (Receiver receiver = new Receiver()) {
            StatsPublisher publisher = start(receiver.url(), SECOND);
            await().until(() ->
                    receiver.hellos.size() == 2 && receiver.numbers().size() >= 53);
            assertThat(receiver.hellos.stream().map(StatsMessage.Hello::bootId)).containsExactly(FIRST, SECOND);
            assertThat(receiver.numbers().subList(0, 52))
                    .isEqualTo(LongStream.rangeClosed(1, 52).boxed().toList());
            assertThat(receiver.numbers().get(52)).isEqualTo(1);
            stop(publisher);
        }
    }

    @Test
    void shouldDeclareWhatItHadToDropOnDisk() throws Exception {
        StatsPublisher earlier = start(URI.create("tcp://127.0.0.1:1"), FIRST);
        for (int i = 0; i < 30; i++) {
            blocks(earlier, i * 1_000L + 1, i * 1_000L + 1_000);
            await().until(earlier::isIdle);
        }
        stop(earlier);
        try (Receiver receiver = new Receiver()) {
            StatsPublisher publisher = start(receiver.url(), SECOND);
            await().until(() -> receiver.hellos.size() == 2);
            assertThat(receiver.received.getFirst()).isInstanceOfSatisfying(StatsMessage.Gap.class, gap -> {
                assertThat(gap.from()).isEqualTo(1);
                assertThat(receiver.numbers().getFirst()).isEqualTo(gap.to() + 1);
            });
            assertThat(receiver.numbers()).contains(30_002L);
            stop(publisher);
        }
    }

    @Test
    void shouldNotLetGoOfEventsWhenWelcomeClaimsWhatWasNeverWritten() throws Exception {
        try (Receiver receiver = new Receiver();
                Logged logged = new Logged()) {
            receiver.claimed = 1_000_000;
            StatsPublisher publisher = start(receiver.url(), FIRST);
            blocks(publisher, 1, 50);
            await().until(() -> logged.messages().contains("stats_disconnected"));
            assertThat(receiver.numbers()).isEmpty();
            receiver.claimed = -1;
            await().until(() -> receiver.numbers().size() >= 51);
            assertThat(receiver.numbers().getFirst()).isEqualTo(1);
            assertThat(logged.messages()).containsOnlyOnce("stats_disconnected");
            stop(publisher);
        }
    }

    @Test
    void shouldLogADisconnectOnce() throws Exception {
        try (Receiver receiver = new Receiver();
                Logged logged = new Logged()) {
            StatsPublisher publisher = start(receiver.url(), FIRST);
            await().until(() -> receiver.numbers().size() == 1);
            receiver.hangUp();
            await().until(() -> receiver.hellos.size() == 2);
            assertThat(logged.messages()).containsOnlyOnce("stats_disconnected");
            stop(publisher);
        }
    }

    /** What the publisher tells the operator. */
    private static final class Logged implements AutoCloseable {
        private final Logger logger = (Logger) LoggerFactory.getLogger(PublisherEvents.class);
        private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

        Logged() {
            appender.list = new CopyOnWriteArrayList<>();
            appender.start();
            logger.addAppender(appender);
        }

        List<String> messages() {
            return appender.list.stream().map(ILoggingEvent::getMessage).toList();
        }

        @Override
        public void close() {
            logger.detachAppender(appender);
        }
    }

    private StatsPublisher start(URI url, String boot) throws Exception {
        StatsConfig config = new StatsConfig(
                Optional.of(url),
                Optional.of(Secret.of("secret")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new ByteSize(1 << 20),
                16_384);
        StatsPublisher publisher = new StatsPublisher(
                config,
                new StatsPublisher.Given(
                        boot,
                        spool,
                        id -> new StatsMessage.Hello(1, 1, "sample", "a", id, "secret", null),
                        StatsPublisherTest::identity,
                        () -> identity().put("details", new JsonObject().put("miners", 3)),
                        vertx,
                        InstantSource.system(),
                        System::nanoTime,
                        new Random(1),
                        metrics));
        publisher.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        // The first heartbeat is number one.
        await().until(publisher::hasBegun);
        return publisher;
    }

    private static JsonObject identity() {
        return new JsonObject().put("uptime_ms", 1).put("version", "0.1").put("state", "ready");
    }

    private static void stop(StatsPublisher publisher) throws Exception {
        publisher.stop().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static void blocks(StatsSink sink, long from, long to) throws IOException {
        List<StatsEvent> events = LongStream.rangeClosed(from, to)
                .<StatsEvent>mapToObj(height -> new StatsEvent.BlockOrphaned("ab", height))
                .toList();
        events.forEach(sink::publish);
    }
}
