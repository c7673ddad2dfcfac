package org.ehashpool.kit.postgres.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A physical backup of a running server.
 *
 * <p>"The procedure for making a base backup using the low level APIs …: 1. Ensure that WAL archiving is enabled and
 * working [here: a replication slot holds the log, and it is copied with the data]. 2. … pg_backup_start … must be
 * called by a user with rights to run pg_backup_start … 3. Perform the backup, using any convenient file-system-backup
 * tool … 4. In the same connection as before, issue … pg_backup_stop … the second field should be written to a file
 * named backup_label in the root directory of the backup."
 */
final class Backup {

    private static final String SLOT = "ehash_backup";

    /** Directories whose content a starting server makes anew; the directories themselves have to be there. */
    private static final Set<String> EMPTIED = Set.of(
            "pg_wal",
            "pg_dynshmem",
            "pg_notify",
            "pg_replslot",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    /** Of the running server, not of the data. */
    private static final Set<String> LEFT_OUT =
            Set.of("postmaster.pid", "postmaster.opts", "current_logfiles", "start.log", "log", "backup_label");

    private static final String CONTROL_FILE = "global/pg_control";

    private final Roles roles;
    private final Path data;
    private final Clock clock;

    Backup(Roles roles, Path data, Clock clock) {
        this.roles = roles;
        this.data = data;
        this.clock = clock;
    }

    /** Writes the backup; the target is there as a whole or not at all, readable by its owner alone. */
    BackupManifest write(Path target) throws IOException, SQLException {
        Path file = target.toAbsolutePath().normalize();
        Path directory = file.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new EmbeddedPostgresException("the backup's directory does not exist: " + directory);
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new EmbeddedPostgresException("the backup's file exists already: " + file);
        }
        Path unfinished = Files.createTempFile(
                directory,
                "." + file.getFileName() + ".",
                ".unfinished",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            BackupManifest manifest;
            try (BackupArchive.Writer archive = new BackupArchive.Writer(Files.newOutputStream(unfinished))) {
                manifest = copy(archive);
                archive.finish(manifest);
            }
            ServerDirectory.flush(unfinished);
            // Refuses to replace what another backup put there meanwhile.
            Files.move(unfinished, file);
            ServerDirectory.flush(directory);
            return manifest;
        } catch (FileAlreadyExistsException e) {
            throw new EmbeddedPostgresException("the backup's file exists already: " + file, e);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private BackupManifest copy(BackupArchive.Writer archive) throws IOException, SQLException {
        String startedAt = clock.instant().toString();
        try (Connection session = roles.superuser(Roles.DATABASE);
                Statement statement = session.createStatement()) {
            refuseTablespaces(statement);
            // Temporary: it goes with this session, however that ends. Until then no segment is recycled.
            statement.execute("SELECT pg_create_physical_replication_slot('" + SLOT + "', true, true)");
            List<String> start = row(
                    statement, "SELECT lsn, pg_walfile_name(lsn) FROM pg_backup_start('ehash', fast => true) AS lsn");
            copyFiles(archive);
            RowCount rows = RowCount.of(roles);
            List<String> stop = row(
                    statement,
                    "SELECT lsn, pg_walfile_name(lsn - 1), labelfile, spcmapfile"
                            + " FROM pg_backup_stop(wait_for_archive => false)");
            archive.bytes("backup_label", stop.get(2).getBytes(StandardCharsets.UTF_8));
            copyLog(archive, start.get(1), stop.get(1));
            List<String> server = row(
                    statement, "SELECT current_setting('server_version'), system_identifier FROM pg_control_system()");
            return new BackupManifest(
                    BackupManifest.FORMAT,
                    server.get(0),
                    Binaries.MAJOR_VERSION,
                    server.get(1),
                    startedAt,
                    clock.instant().toString(),
                    start.get(0),
                    stop.get(0),
                    rows.tables(),
                    rows.nothingWrittenSince(roles),
                    archive.files());
        }
    }

    private static void refuseTablespaces(Statement statement) throws SQLException {
        if (!row(statement, "SELECT count(*) FROM pg_tablespace").get(0).equals("2")) {
            throw new EmbeddedPostgresException("somebody added a tablespace to the embedded PostgreSQL: its files"
                    + " are outside the data directory, and this backup would not hold them");
        }
    }

    private void copyFiles(BackupArchive.Writer archive) throws IOException {
        copyDirectory(archive, data);
        // Last, as pg_basebackup does: its checkpoint is never older than a data file's content.
        archive.bytes(CONTROL_FILE, readStable(data.resolve(CONTROL_FILE)));
    }

    private void copyDirectory(BackupArchive.Writer archive, Path directory) throws IOException {
        List<Path> children;
        try (Stream<Path> listing = Files.list(directory)) {
            children = listing.sorted(Comparator.naturalOrder()).toList();
        } catch (NoSuchFileException e) {
            // A database dropped meanwhile.
            return;
        }
        for (Path child : children) {
            String path = data.relativize(child).toString();
            if (LEFT_OUT.contains(path) || path.equals(CONTROL_FILE) || isTemporary(child)) {
                continue;
            }
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                archive.directory(path);
                if (!EMPTIED.contains(path)) {
                    copyDirectory(archive, child);
                }
            } else if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
                archive.file(path, child);
            }
        }
        if (directory.equals(data)) {
            archive.directory("pg_wal/archive_status");
            archive.directory("pg_wal/summaries");
        }
    }

    private static boolean isTemporary(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.startsWith("pgsql_tmp") || name.startsWith("pg_internal.init");
    }

    /** Segments have names that sort like the log; a temporary slot kept all of them in place. */
    private void copyLog(BackupArchive.Writer archive, String first, String last) throws IOException {
        List<Path> segments;
        try (Stream<Path> listing = Files.list(data.resolve("pg_wal"))) {
            segments = listing.filter(path -> {
                        String name = String.valueOf(path.getFileName());
                        boolean segment = name.length() == first.length() && name.matches("[0-9A-F]+");
                        return name.endsWith(".history")
                                || (segment && name.compareTo(first) >= 0 && name.compareTo(last) <= 0);
                    })
                    .sorted()
                    .toList();
        }
        List<String> copied = new ArrayList<>();
        for (Path segment : segments) {
            String name = String.valueOf(segment.getFileName());
            if (!archive.file("pg_wal/" + name, segment)) {
                throw new EmbeddedPostgresException("the log segment " + name + " vanished during the backup");
            }
            copied.add(name);
        }
        if (!copied.contains(first) || !copied.contains(last)) {
            throw new EmbeddedPostgresException(
                    "the log from " + first + " to " + last + " is not complete: " + copied);
        }
    }

    /** The server rewrites this small file in place: two readings that agree are one that was not torn. */
    private static byte[] readStable(Path file) throws IOException {
        byte[] before = Files.readAllBytes(file);
        for (int attempt = 0; attempt < 100; attempt++) {
            byte[] now = Files.readAllBytes(file);
            if (Arrays.equals(before, now)) {
                return now;
            }
            before = now;
        }
        throw new EmbeddedPostgresException("the file " + file + " changed with every reading");
    }

    private static List<String> row(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            if (!rows.next()) {
                throw new SQLException("no answer to: " + query);
            }
            List<String> values = new ArrayList<>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                values.add(String.valueOf(rows.getString(column)));
            }
            return List.copyOf(values);
        }
    }
}
