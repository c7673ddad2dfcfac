package org.ehashpool.kit.postgres.embedded;

import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator reads in the log about the embedded PostgreSQL: one method per event. */
final class EmbeddedPostgresEvents {

    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.postgres");

    private EmbeddedPostgresEvents() {}

    static void initialised(Path directory) {
        LOG.atInfo().addKeyValue("directory", directory).log("postgres_initialised");
    }

    static void started(Path directory, int port, Duration took) {
        LOG.atInfo()
                .addKeyValue("directory", directory)
                .addKeyValue("port", port)
                .addKeyValue("took_ms", took.toMillis())
                .log("postgres_started");
    }

    static void adopted(Path directory, long pid, int port) {
        LOG.atInfo()
                .addKeyValue("directory", directory)
                .addKeyValue("pid", pid)
                .addKeyValue("port", port)
                .log("postgres_adopted");
    }

    static void orphanStopped(long pid, String reason) {
        LOG.atWarn().addKeyValue("pid", pid).addKeyValue("reason", reason).log("postgres_orphan_stopped");
    }

    static void portTaken(int port) {
        LOG.atWarn().addKeyValue("port", port).log("postgres_port_taken");
    }

    static void staleFileRemoved(long pid) {
        LOG.atWarn().addKeyValue("pid", pid).log("postgres_stale_pid_file_removed");
    }

    static void lost(long pid) {
        LOG.atError().addKeyValue("pid", pid).log("postgres_lost");
    }

    static void restartFailed(Exception cause) {
        LOG.atError().setCause(cause).log("postgres_restart_failed");
    }

    static void fastStopTimedOut(Duration limit) {
        LOG.atWarn().addKeyValue("limit_ms", limit.toMillis()).log("postgres_fast_stop_timed_out");
    }

    static void stopped(Path directory) {
        LOG.atInfo().addKeyValue("directory", directory).log("postgres_stopped");
    }
}
