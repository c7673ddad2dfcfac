package org.ehashpool.conservation.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresConfig;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;

/** The database of all services, whose postmaster may be killed. It is started again by itself, after a second. */
final class Postgres implements AutoCloseable {
    private final Path directory;
    private final EmbeddedPostgres server;
    private int kills;

    private Postgres(Path directory, EmbeddedPostgres server) {
        this.directory = directory;
        this.server = server;
    }

    static Postgres start(Path directory, SecureRandom random) {
        return new Postgres(directory, EmbeddedPostgres.start(EmbeddedPostgresConfig.in(directory), random));
    }

    PostgresLogin login(String schema) {
        return server.loginFor(schema);
    }

    int port() {
        return server.port();
    }

    /** Kills the postmaster with signal 9; none, while it is being started again. */
    void kill() throws IOException {
        try {
            // The first line of its file is its process id.
            List<String> lines = Files.readAllLines(directory.resolve("data").resolve("postmaster.pid"));
            if (!lines.isEmpty()) {
                ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).ifPresent(ProcessHandle::destroyForcibly);
                kills++;
            }
        } catch (NoSuchFileException away) {
            // It is away already.
            return;
        }
    }

    int kills() {
        return kills;
    }

    @Override
    public void close() {
        server.close();
    }
}
