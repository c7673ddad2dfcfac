package org.ehashpool.kit.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What an operator does with an embedded PostgreSQL from a command line, beside the services that use it. */
public final class EmbeddedPostgresCommands {

    /** A setting of the database, other after each restore; a database that was never restored has none. */
    public static final String RESTORE_MARK = "ehash.restore_mark";

    private EmbeddedPostgresCommands() {}

    /**
     * Writes a backup to a new file, while services work, or with a server started for this alone when none runs.
     *
     * @throws EmbeddedPostgresException when the file exists, the server cannot be reached, or copying fails; there
     *     is no file then
     */
    public static BackupManifest backup(EmbeddedPostgresConfig config, Path target, Clock clock, SecureRandom random) {
        ServerDirectory directory = new ServerDirectory(config.directory());
        if (!directory.hasData()) {
            throw new EmbeddedPostgresException("there are no data in " + config.directory());
        }
        try {
            Optional<Roles> running = reachOthersServer(directory);
            if (running.isPresent()) {
                return new Backup(running.get(), directory.data(), clock).write(target);
            }
            try (EmbeddedPostgres server = EmbeddedPostgres.start(config, random)) {
                return new Backup(server.roles(), directory.data(), clock).write(target);
            }
        } catch (IOException | SQLException e) {
            throw new EmbeddedPostgresException("no backup was made: " + e.getMessage(), e);
        }
    }

    /** Empty when the directory has no owner at the moment. */
    private static Optional<Roles> reachOthersServer(ServerDirectory directory) throws IOException {
        Optional<DirectoryLock> lock = DirectoryLock.tryAcquire(directory);
        if (lock.isPresent()) {
            lock.get().close();
            return Optional.empty();
        }
        PostmasterFile server = PostmasterFile.read(directory.data())
                .orElseThrow(() -> new EmbeddedPostgresException(
                        "the directory " + directory.root() + " has an owner that runs no server at the moment"));
        String password = OwnerOnlyFile.read(Cluster.superuserPassword(directory))
                .orElseThrow(() ->
                        new EmbeddedPostgresException("the superuser's password is not in " + directory.secrets()));
        return Optional.of(new Roles(server.port(), password, directory.secrets()));
    }

    /**
     * Brings a backup back into a directory that holds no data, verifies it on a server started for this alone, and
     * leaves it stopped. Passwords are made anew, services' at their next start.
     *
     * <p>Verified: the SHA-256 of every file; that PostgreSQL reaches the backup's end in replay (it refuses
     * otherwise); the cluster's identity; every page of every table by its checksum; the number of rows in every
     * table, where nothing was written while they were counted.
     *
     * @throws EmbeddedPostgresException when the directory is not empty, or the backup is damaged, of another version
     *     or not what it says; the directory has no data then
     */
    public static RestoreReport restore(Path backup, EmbeddedPostgresConfig config, SecureRandom random) {
        ServerDirectory directory = new ServerDirectory(config.directory());
        try {
            refuseContent(directory);
            directory.create();
            DirectoryLock lock = DirectoryLock.acquire(directory);
            try {
                refuseContent(directory);
                RestoreReport report = new Restore(directory, config).into(backup, random);
                Files.move(directory.unfinishedData(), directory.data(), StandardCopyOption.ATOMIC_MOVE);
                ServerDirectory.flush(directory.root());
                return report;
            } finally {
                try {
                    ServerDirectory.deleteTree(directory.unfinishedData());
                } finally {
                    lock.close();
                }
            }
        } catch (IOException | SQLException e) {
            throw new EmbeddedPostgresException("the backup " + backup + " was not restored: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw EmbeddedPostgres.interrupted(e);
        }
    }

    private static void refuseContent(ServerDirectory directory) throws IOException {
        if (!Files.exists(directory.root())) {
            return;
        }
        List<String> own = List.of("owner", "owner.lock", "binaries", "data.unfinished");
        try (Stream<Path> listing = Files.list(directory.root())) {
            Optional<Path> foreign = listing.filter(path -> !own.contains(String.valueOf(path.getFileName())))
                    .findFirst();
            if (foreign.isPresent()) {
                throw new EmbeddedPostgresException("a backup is restored into an empty directory; " + directory.root()
                        + " holds " + foreign.get().getFileName());
            }
        }
    }

    /** Looks, and changes nothing. */
    public static EmbeddedPostgresStatus status(Path directory) {
        ServerDirectory server = new ServerDirectory(directory.toAbsolutePath().normalize());
        try {
            if (!server.hasData()) {
                return new EmbeddedPostgresStatus(
                        server.root(),
                        EmbeddedPostgresStatus.State.ABSENT,
                        Optional.empty(),
                        true,
                        OptionalLong.empty(),
                        OptionalInt.empty());
            }
            String major = ServerDirectory.majorVersionOf(server.data());
            Optional<PostmasterFile> file = PostmasterFile.read(server.data());
            boolean serving =
                    file.isPresent() && PostmasterFile.isServing(file.get().pid(), server.data());
            Optional<Integer> port = serving ? file.map(PostmasterFile::port) : server.rememberedPort();
            return new EmbeddedPostgresStatus(
                    server.root(),
                    serving ? stateOfRunning(server) : EmbeddedPostgresStatus.State.STOPPED,
                    Optional.of(major),
                    major.equals(Integer.toString(Binaries.MAJOR_VERSION)),
                    serving ? OptionalLong.of(file.get().pid()) : OptionalLong.empty(),
                    port.map(OptionalInt::of).orElseGet(OptionalInt::empty));
        } catch (IOException e) {
            throw new EmbeddedPostgresException("the state of " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static EmbeddedPostgresStatus.State stateOfRunning(ServerDirectory server) throws IOException {
        return DirectoryLock.isHeld(server)
                ? EmbeddedPostgresStatus.State.RUNNING
                : EmbeddedPostgresStatus.State.ORPHANED;
    }
}
