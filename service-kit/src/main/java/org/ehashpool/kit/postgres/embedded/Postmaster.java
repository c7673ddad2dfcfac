package org.ehashpool.kit.postgres.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** PostgreSQL's own programs on one data directory: make it, start a server on it, stop the server. */
record Postmaster(Binaries binaries, ServerAccount account, Path data) {

    static final String SUPERUSER = "postgres";

    /** On the command line, because that wins over every file and over ALTER SYSTEM. */
    private static final List<String> DURABLE = List.of("fsync=on", "full_page_writes=on", "synchronous_commit=on");

    /**
     * Quiet where a message could carry a statement or a key's value: a secret, token or proof must reach no log.
     * The builtin collation of PostgreSQL does not change with the system's libraries, so that a backup's indexes
     * are in order on any machine.
     */
    private static final String CONFIGURATION = """
            # Written at every start. Your own settings belong into tuning.conf beside this file;
            # fsync, full_page_writes and synchronous_commit are set by the command line and stay on.
            include_if_exists = 'tuning.conf'
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            wal_level = replica
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            logging_collector = on
            log_directory = 'log'
            log_filename = 'postgresql-%a.log'
            log_rotation_age = '1d'
            log_rotation_size = 0
            log_truncate_on_rotation = on
            log_min_messages = warning
            log_min_error_statement = panic
            log_error_verbosity = terse
            log_statement = none
            log_parameter_max_length = 0
            log_parameter_max_length_on_error = 0
            """;

    private static final String ACCESS = """
            # Written at every start: a password for everybody, nobody from another machine.
            host all postgres 127.0.0.1/32 scram-sha-256
            host %s all 127.0.0.1/32 scram-sha-256
            """.formatted(Roles.DATABASE);

    /** Makes a new cluster in {@link #data()}, which must not exist: page checksums, UTF-8, passwords from the start. */
    void initialise(String superuserPassword, Duration limit) throws IOException, InterruptedException {
        Files.createDirectory(data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        account.own(data);
        Path passwordFile = data.resolveSibling("initdb.password");
        OwnerOnlyFile.write(passwordFile, superuserPassword);
        try {
            account.own(passwordFile);
            run(
                    "initdb",
                    List.of(
                            "--pgdata=" + data,
                            "--username=" + SUPERUSER,
                            "--pwfile=" + passwordFile,
                            "--auth=scram-sha-256",
                            "--data-checksums",
                            "--encoding=UTF8",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--locale=C"),
                    "",
                    limit);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        configure();
    }

    /** Our configuration, again at every start: what an old release or a restored backup brought is replaced. */
    void configure() throws IOException {
        for (String name : List.of("postgresql.conf", "pg_hba.conf")) {
            Path file = data.resolve(name);
            String content = name.equals("pg_hba.conf") ? ACCESS : CONFIGURATION;
            if (!Files.exists(file) || !Files.readString(file).equals(content)) {
                Files.writeString(file, content, StandardCharsets.UTF_8);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                account.own(file);
            }
        }
    }

    /** Starts and waits until sessions are accepted. */
    void start(int port, Duration limit) throws IOException, InterruptedException {
        Path log = data.resolve("start.log");
        Files.deleteIfExists(log);
        String options = Stream.concat(Stream.of("port=" + port), DURABLE.stream())
                .map(setting -> "-c " + setting)
                .collect(Collectors.joining(" "));
        try {
            run(
                    "pg_ctl",
                    List.of(
                            "start",
                            "--wait",
                            "--timeout=" + limit.toSeconds(),
                            "--pgdata=" + data,
                            "--log=" + log,
                            "--options=" + options),
                    "",
                    limit.plusSeconds(10));
        } catch (EmbeddedPostgresException | IOException e) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL did not start in " + data + ": " + e.getMessage() + "\n" + Programs.tail(log)
                            + "\nMore may be in " + data.resolve("log"),
                    e);
        }
    }

    /** Whether it stopped within the limit. */
    boolean stop(StopMode mode, Duration limit) throws IOException, InterruptedException {
        List<String> command = command(
                "pg_ctl",
                List.of(
                        "stop",
                        "--wait",
                        "--mode=" + mode.option,
                        "--timeout=" + limit.toSeconds(),
                        "--pgdata=" + data));
        boolean done = Programs.run(command, "", limit.plusSeconds(10)).succeeded();
        return done || PostmasterFile.read(data).isEmpty();
    }

    enum StopMode {
        /** Sessions are cut, everything is written, a checkpoint ends it. */
        FAST("fast"),
        /** All at once; the next start replays the log. */
        IMMEDIATE("immediate");

        private final String option;

        StopMode(String option) {
            this.option = option;
        }
    }

    /** Whether the server that runs, or ran last, in the data directory came from these programs. */
    boolean wasStartedFromTheseBinaries() throws IOException {
        Path options = data.resolve("postmaster.opts");
        Path program = Path.of(binaries.program("postgres")).toRealPath();
        return Files.isRegularFile(options) && Files.readString(options).startsWith(program + " ");
    }

    /** Sets the superuser's password without knowing the old one: no server may run. Recovers the data if need be. */
    void resetPassword(String password, Duration limit) throws IOException, InterruptedException {
        run(
                "postgres",
                List.of("--single", "-D", data.toString(), "-c", "fsync=on", "-c", "logging_collector=off", "postgres"),
                "ALTER ROLE " + SUPERUSER + " PASSWORD '" + password + "'\n",
                limit);
    }

    private void run(String program, List<String> arguments, String standardInput, Duration limit)
            throws IOException, InterruptedException {
        ProgramResult result = Programs.run(command(program, arguments), standardInput, limit);
        if (!result.succeeded()) {
            throw new EmbeddedPostgresException(
                    program + " ended with status " + result.exitStatus() + ": " + result.output());
        }
    }

    private List<String> command(String program, List<String> arguments) {
        return Programs.command(account.commandPrefix(), binaries.program(program), arguments);
    }
}
