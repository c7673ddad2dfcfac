package org.ehashpool.cli.postgres;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.ehashpool.kit.postgres.embedded.BackupManifest;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresCommands;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresConfig;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresStatus;
import org.ehashpool.kit.postgres.embedded.RestoreReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an operator does with an embedded PostgreSQL. Exit status: 0 done, 1 refused or failed, 2 wrong arguments. */
@Command(
        name = "postgres",
        mixinStandardHelpOptions = true,
        description = "The embedded PostgreSQL of a service: its state, backups and restores.")
public final class PostgresCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything.
    private CommandSpec spec;

    /** Which embedded PostgreSQL is meant. */
    static final class Location {
        @Option(
                names = "--directory",
                paramLabel = "DIRECTORY",
                description = "Where it lives (a service's database.embedded_directory).")
        private Optional<Path> directory = Optional.empty();

        @Option(
                names = "--service",
                paramLabel = "NAME",
                description = "The service whose default directory, below EHASH_HOME, is meant.")
        private Optional<String> service = Optional.empty();

        private Path path(CommandSpec spec) {
            if (directory.isPresent() == service.isPresent()) {
                throw new ParameterException(spec.commandLine(), "give either --directory or --service");
            }
            return directory.orElseGet(() -> EmbeddedPostgresConfig.defaultDirectory(
                    System.getenv(), Path.of(System.getProperty("user.home")), service.orElseThrow()));
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "postgres needs one of: status, backup, restore");
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Tell what is there, without changing anything.")
    int status(@Mixin Location location) {
        EmbeddedPostgresStatus status = EmbeddedPostgresCommands.status(location.path(spec));
        PrintWriter out = spec.commandLine().getOut();
        out.println("directory  " + status.directory());
        out.println("state      " + status.state().name().toLowerCase(Locale.ROOT));
        status.majorVersion()
                .ifPresent(major -> out.println("version    " + major
                        + (status.supported() ? "" : ": this release cannot open it, see docs/operations.md")));
        status.pid().ifPresent(pid -> out.println("pid        " + pid));
        status.port().ifPresent(port -> out.println("port       " + port));
        out.flush();
        return status.supported() ? 0 : 1;
    }

    @Command(
            name = "backup",
            mixinStandardHelpOptions = true,
            description = "Write a consistent backup to a new file, while services work or when none runs.")
    int backup(
            @Mixin Location location,
            @Option(names = "--out", required = true, paramLabel = "FILE", description = "Must not exist yet.")
                    Path file) {
        EmbeddedPostgresConfig config = EmbeddedPostgresConfig.in(location.path(spec));
        BackupManifest manifest =
                EmbeddedPostgresCommands.backup(config, file.toAbsolutePath(), Clock.systemUTC(), new SecureRandom());
        PrintWriter out = spec.commandLine().getOut();
        out.println("backup of " + manifest.finishedAt() + ": " + file + ", "
                + manifest.files().size() + " files, " + manifest.tables().size() + " tables, PostgreSQL "
                + manifest.serverVersion());
        out.flush();
        return 0;
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = "Bring a backup back into an empty directory, and verify it.")
    int restore(
            @Mixin Location location,
            @Option(names = "--from", required = true, paramLabel = "FILE", description = "A backup.") Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(spec.commandLine(), "--from: no file " + file);
        }
        EmbeddedPostgresConfig config = EmbeddedPostgresConfig.in(location.path(spec));
        RestoreReport report = EmbeddedPostgresCommands.restore(file.toAbsolutePath(), config, new SecureRandom());
        PrintWriter out = spec.commandLine().getOut();
        out.println("restored the state of " + report.manifest().finishedAt() + " into " + config.directory());
        report.tables()
                .forEach(table ->
                        out.println("  " + table.schema() + "." + table.table() + ": " + table.rows() + " rows"));
        out.println("verified: every file's SHA-256, replay to the backup's end, every page's checksum, row counts");
        out.flush();
        return 0;
    }
}
