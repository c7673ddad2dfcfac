package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.ehashpool.fixtures.Sniffer;
import org.ehashpool.integration.Sv1Miner.Answer;
import org.ehashpool.integration.Sv1Miner.Work;
import org.ehashpool.sv2.codec.Sender;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pools that go and come, and two hundred miners that must not notice more than new work. */
@Timeout(300)
class TranslatorSwitchTest {
    private static final int MINERS = 200;
    private static final int SWITCHES = 20;
    /** The time that work takes is reported, not judged: the machine may be busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Map<String, String> SETTINGS =
            Map.of("TRANSLATOR__FAILOVER__PROBE", "200ms", "TRANSLATOR__FAILOVER__LONGEST_PROBE", "1s");

    @TempDir
    private Path home;

    private final List<Sv1Miner> miners = new ArrayList<>();
    private final List<CompletableFuture<Answer>> answers = new ArrayList<>();
    private Duration slowest = Duration.ZERO;

    @Test
    void shouldKeepMinersWhenThePoolGoesAndComes(TestReporter reporter) throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool pool = LocalPool.startOnChain(home, Map.of(), provider.url());
                Sniffer sniffer = Sniffer.before(pool.url());
                LocalTranslator translator = LocalTranslator.start(SETTINGS, sniffer.url())) {
            connect(translator);
            for (int i = 0; i < SWITCHES; i++) {
                submit();
                List<Integer> before = works();
                sniffer.isolate();
                submit();
                sniffer.readmit();
                awaitNewWork(before, "restart " + i);
            }
            assertHonest(acceptedBy(sniffer));
            reporter.publishEntry("slowest_new_work", slowest.toString());
        }
    }

    @Test
    void shouldKeepMinersWhenThePoolsAreSwitched(TestReporter reporter) throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home);
                LocalPool first = LocalPool.startOnChain(home.resolve("a"), Map.of(), provider.url());
                LocalPool second = LocalPool.startOnChain(home.resolve("b"), Map.of(), provider.url());
                Sniffer preferred = Sniffer.before(first.url());
                Sniffer spare = Sniffer.before(second.url());
                LocalTranslator translator = LocalTranslator.start(SETTINGS, preferred.url(), spare.url())) {
            connect(translator);
            for (int i = 0; i < SWITCHES / 2; i++) {
                submit();
                List<Integer> before = works();
                preferred.isolate();
                awaitNewWork(before, "failover " + i);
                submit();
                List<Integer> between = works();
                preferred.readmit();
                awaitNewWork(between, "failback " + i);
                submit();
                await().until(() -> translator.upstream().path("position").asInt() == 0);
            }
            assertHonest(acceptedBy(preferred) + acceptedBy(spare));
            reporter.publishEntry("slowest_new_work", slowest.toString());
        }
    }

    private void connect(LocalTranslator translator) throws IOException {
        translator.awaitServing();
        for (int i = 0; i < MINERS; i++) {
            miners.add(Sv1Miner.connect(translator.port(), "rig." + i));
        }
        miners.forEach(Sv1Miner::awaitWork);
    }

    private void submit() throws IOException {
        for (Sv1Miner miner : miners) {
            answers.add(miner.submit(miner.awaitWork()));
        }
    }

    private List<Integer> works() {
        return miners.stream().map(miner -> miner.works().size()).toList();
    }

    private void awaitNewWork(List<Integer> before, String occasion) {
        long began = System.nanoTime();
        await(occasion).atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).untilAsserted(() -> {
            for (int i = 0; i < MINERS; i++) {
                List<Work> works = miners.get(i).works();
                assertThat(works.size()).isGreaterThan(before.get(i));
            }
        });
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }

    private static long acceptedBy(Sniffer sniffer) {
        sniffer.traffic()
                .from(Sender.SERVER)
                .all(SubmitSharesError.class)
                .forEach(error -> assertThat(error.errorCode().toString()).isEqualTo("stale-share"));
        return sniffer.traffic().from(Sender.SERVER).all(SubmitSharesSuccess.class).stream()
                .mapToLong(SubmitSharesSuccess::newSubmitsAcceptedCount)
                .sum();
    }

    /** Nobody lost the connection, everybody was answered, and no share was accepted that no pool had accepted. */
    private void assertHonest(long acceptedByPools) {
        assertThat(miners).allMatch(Sv1Miner::isConnected);
        long accepted =
                answers.stream().map(Sv1Miner::result).filter(Answer::accepted).count();
        assertThat(accepted).isPositive().isLessThanOrEqualTo(acceptedByPools);
        miners.forEach(Sv1Miner::close);
    }
}
