package org.ehashpool.kit.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The data directory before a server runs on it. */
record Cluster(ServerDirectory directory, Postmaster postmaster, EmbeddedPostgresConfig config) {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    static Path superuserPassword(ServerDirectory directory) {
        return directory.secrets().resolve("superuser");
    }

    static void refuseOtherMajorVersion(ServerDirectory directory) throws IOException {
        if (!directory.hasData()) {
            return;
        }
        String found = ServerDirectory.majorVersionOf(directory.data());
        if (!found.equals(Integer.toString(Binaries.MAJOR_VERSION))) {
            throw new EmbeddedPostgresException("the data in " + directory.data() + " are of PostgreSQL " + found
                    + "; this release embeds PostgreSQL " + Binaries.MAJOR_VERSION
                    + ". They were not touched. Start the release that made them, or move them to this version as the"
                    + " operations manual describes");
        }
    }

    /** Makes the data if there are none, and answers the superuser's password. */
    String prepare(SecureRandom random) throws IOException, InterruptedException {
        Path passwordFile = superuserPassword(directory);
        Optional<String> kept = OwnerOnlyFile.read(passwordFile);
        String password = kept.orElseGet(() -> OwnerOnlyFile.newPassword(random));
        if (directory.hasData()) {
            postmaster.configure();
            if (kept.isEmpty()) {
                replaceLostPassword(password);
                OwnerOnlyFile.write(passwordFile, password);
            }
            return password;
        }
        refuseForeignContent();
        // A start that was cut short left this behind; it never held a service's data.
        ServerDirectory.deleteTree(directory.unfinishedData());
        OwnerOnlyFile.write(passwordFile, password);
        new Postmaster(postmaster.binaries(), postmaster.account(), directory.unfinishedData())
                .initialise(password, config.startTimeout());
        Files.move(directory.unfinishedData(), directory.data(), StandardCopyOption.ATOMIC_MOVE);
        ServerDirectory.flush(directory.root());
        EmbeddedPostgresEvents.initialised(directory.root());
        return password;
    }

    private void refuseForeignContent() {
        if (Files.exists(directory.data())) {
            throw new EmbeddedPostgresException(directory.data()
                    + " exists and is no data directory of PostgreSQL (no PG_VERSION): it was not touched");
        }
    }

    private void replaceLostPassword(String password) throws IOException, InterruptedException {
        if (PostmasterFile.read(directory.data()).isPresent()) {
            if (PostmasterFile.processesIn(directory.data()).isEmpty()) {
                removeStaleFile(directory.data(), config.stopTimeout());
            } else if (!postmaster.stop(Postmaster.StopMode.FAST, config.stopTimeout())) {
                throw new EmbeddedPostgresException("the password file of the superuser is gone and the server in "
                        + directory.data() + " does not stop: stop it, then start again");
            }
        }
        postmaster.resetPassword(password, config.startTimeout());
    }

    /**
     * Removes a {@code postmaster.pid} whose server is gone, which PostgreSQL itself does not dare to when another
     * process has that id by now. Only with proof that no process works in the data directory any more: a backend
     * that outlives its postmaster still writes.
     */
    static void removeStaleFile(Path data, Duration limit) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file) || !Files.isDirectory(Path.of("/proc/self"))) {
            return;
        }
        if (awaitNobody(data, limit)) {
            long pid = PostmasterFile.read(data).map(PostmasterFile::pid).orElse(0L);
            Files.delete(file);
            EmbeddedPostgresEvents.staleFileRemoved(pid);
        } else {
            throw new EmbeddedPostgresException("processes " + PostmasterFile.processesIn(data) + " still work in "
                    + data + " without a postmaster: end them");
        }
    }

    /** Whether within the limit no process works in the data directory any more. */
    static boolean awaitNobody(Path data, Duration limit) throws IOException {
        long began = System.nanoTime();
        while (!PostmasterFile.processesIn(data).isEmpty()) {
            if (System.nanoTime() - began > limit.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return true;
    }
}
