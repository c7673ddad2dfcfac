package org.ehashpool.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresConfig;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL that all services of this JVM share: pools on it are nodes of one pool. */
final class LocalPostgres {
    private static @Nullable EmbeddedPostgres server;

    private LocalPostgres() {}

    /**
     * What a service is configured with, as environment variables.
     *
     * @param service for instance {@code pool}: also the name of its schema
     * @param prefix of the variables, for instance {@code POOL}
     */
    static synchronized Map<String, String> environment(String service, String prefix) {
        PostgresLogin login = server().loginFor(service);
        return Map.of(
                prefix + "__DATABASE__URL", login.url(),
                prefix + "__DATABASE__USER", login.user(),
                prefix + "__DATABASE__PASSWORD", login.password());
    }

    private static EmbeddedPostgres server() {
        EmbeddedPostgres running = server;
        if (running == null) {
            Path directory = directory();
            EmbeddedPostgres started = EmbeddedPostgres.start(EmbeddedPostgresConfig.in(directory), new SecureRandom());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                started.close();
                delete(directory);
            }));
            server = started;
            running = started;
        }
        return running;
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("local-postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            walk.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            System.err.println("left behind: " + directory + ": " + e);
        }
    }
}
