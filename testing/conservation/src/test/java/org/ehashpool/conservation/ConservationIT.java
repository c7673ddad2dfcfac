package org.ehashpool.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ehashpool.conservation.schedule.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version, with a seed of its own; {@code ./ehash conserve} is the long one. */
final class ConservationIT {
    private static final Path DISTRIBUTION = Path.of(System.getProperty("distribution"));
    private static final long SEED = 21;
    private static final double RATE = 100;

    @TempDir
    private Path home;

    @Test
    void shouldPayEveryAcknowledgedShareOnceWhenEverythingIsKilledAndCut() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();

        boolean good =
                new Run(Schedule.draw(SEED, Duration.ofSeconds(60)), RATE, true, DISTRIBUTION, home, lines::add).run();

        assertThat(good).as(String.join(System.lineSeparator(), lines)).isTrue();
    }
}
