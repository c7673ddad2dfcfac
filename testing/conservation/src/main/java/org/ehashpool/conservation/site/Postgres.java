package org.ehashpool.conservation.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
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
        Optional<ProcessHandle> running = postmaster();
        if (running.isPresent()) {
            running.get().destroyForcibly();
            kills++;
        }
    }

    /** Stops the postmaster and all its children with SIGSTOP, or lets them go on. */
    void freeze(boolean stop) throws IOException, InterruptedException {
        Optional<ProcessHandle> postmaster = postmaster();
        if (postmaster.isPresent()) {
            Signal signal = stop ? Signal.STOP : Signal.CONTINUE;
            signal.send(postmaster.get());
            for (ProcessHandle child : postmaster.get().descendants().toList()) {
                signal.send(child);
            }
        }
    }

    /** Empty while it is being started again. */
    private Optional<ProcessHandle> postmaster() throws IOException {
        try {
            // The first line of its file is its process id.
            List<String> lines = Files.readAllLines(directory.resolve("data").resolve("postmaster.pid"));
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
        } catch (NoSuchFileException away) {
            return Optional.empty();
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
