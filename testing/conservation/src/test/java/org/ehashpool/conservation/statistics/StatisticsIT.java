package org.ehashpool.conservation.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version, with a seed of its own; {@code ./ehash conserve --stats} is the long one. */
final class StatisticsIT {
    private static final Path DISTRIBUTION = Path.of(System.getProperty("distribution"));
    private static final long SEED = 7;
    private static final double RATE = 60;
    private static final int MINERS = 20;

    @TempDir
    private Path home;

    @Test
    void shouldSayWhatTheLedgerSaysWhenStatisticsTheirDatabaseAndThePoolAreKilled() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();

        boolean good = new StatisticsRun(
                        StatisticsSchedule.draw(SEED, Duration.ofSeconds(75)),
                        RATE,
                        MINERS,
                        DISTRIBUTION,
                        home,
                        lines::add)
                .run();

        assertThat(good).as(String.join(System.lineSeparator(), lines)).isTrue();
    }
}
