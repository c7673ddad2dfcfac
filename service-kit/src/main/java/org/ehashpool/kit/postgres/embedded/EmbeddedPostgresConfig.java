package org.ehashpool.kit.postgres.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.kit.service.DataDirectory;

/**
 * How to run the embedded PostgreSQL.
 *
 * @param directory what it owns: see the package; created when missing
 * @param port the loopback port; without one, a free one is chosen at the first start and kept while it stays free
 * @param startTimeout how long a start may take, crash recovery included
 * @param stopTimeout how long a fast shutdown (sessions cut, a last checkpoint) may take before an immediate one (no
 *     checkpoint: the next start recovers from the log, nothing that was committed is lost)
 */
public record EmbeddedPostgresConfig(
        Path directory, Optional<Integer> port, Duration startTimeout, Duration stopTimeout) {

    public EmbeddedPostgresConfig {
        directory = directory.toAbsolutePath().normalize();
        if (port.isPresent() && (port.get() < 1 || port.get() > 65_535)) {
            throw new IllegalArgumentException("port: expected 1 to 65535, was " + port.get());
        }
        if (startTimeout.toMillis() < 1_000) {
            throw new IllegalArgumentException("startTimeout: expected at least 1 s, was " + startTimeout);
        }
        if (stopTimeout.toMillis() < 1_000) {
            throw new IllegalArgumentException("stopTimeout: expected at least 1 s, was " + stopTimeout);
        }
    }

    /** A chosen port, two minutes to start (recovery after a crash replays the log), 30 seconds to stop. */
    public static EmbeddedPostgresConfig in(Path directory) {
        return new EmbeddedPostgresConfig(directory, Optional.empty(), Duration.ofMinutes(2), Duration.ofSeconds(30));
    }

    /**
     * Where a service keeps its embedded PostgreSQL when nobody says: {@code $EHASH_HOME/postgres/SERVICE}, or
     * {@code ~/.local/share/ehash/postgres/SERVICE}. One directory per service, because a directory has one owner and
     * services start and stop apart from each other.
     */
    public static Path defaultDirectory(Map<String, String> environment, Path userHome, String service) {
        return DataDirectory.base(environment, userHome).resolve("postgres").resolve(service);
    }
}
