package org.ehashpool.kit.postgres.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * A running PostgreSQL of our own, as the package describes it. It is started again, on the same port, when its
 * postmaster dies. {@link #close()} stops it and keeps its data.
 *
 * <p>Starting, closing and the calls below block: they belong on a thread that may wait.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final String INVALID_PASSWORD = "28P01";
    private static final int PORT_ATTEMPTS = 5;
    private static final Duration RESTART_DELAY = Duration.ofSeconds(1);

    private final EmbeddedPostgresConfig config;
    private final ServerDirectory directory;
    private final DirectoryLock lock;
    private final Postmaster postmaster;
    private final String superuserPassword;
    private final SecureRandom random;
    private final ServerWatch watch;
    private int port;
    private boolean closed;

    private EmbeddedPostgres(
            EmbeddedPostgresConfig config,
            ServerDirectory directory,
            DirectoryLock lock,
            Postmaster postmaster,
            String superuserPassword,
            SecureRandom random) {
        this.config = config;
        this.directory = directory;
        this.lock = lock;
        this.postmaster = postmaster;
        this.superuserPassword = superuserPassword;
        this.random = random;
        this.watch = new ServerWatch(this, new Watched(), RESTART_DELAY);
    }

    /**
     * Becomes the owner of the directory and has a server running on its data: one that an owner before left behind,
     * or a new one; the data are made when there are none.
     *
     * @throws EmbeddedPostgresException when the directory has another owner, the data are of another major version,
     *     the configured port is taken, or the server does not start; the message says what to do
     */
    public static EmbeddedPostgres start(EmbeddedPostgresConfig config, SecureRandom random) {
        ServerDirectory directory = new ServerDirectory(config.directory());
        try {
            directory.create();
            DirectoryLock lock = DirectoryLock.acquire(directory);
            try {
                return startAsOwner(config, directory, lock, random);
            } catch (Throwable e) {
                try {
                    lock.close();
                } catch (IOException closing) {
                    e.addSuppressed(closing);
                }
                throw e;
            }
        } catch (IOException | SQLException e) {
            throw new EmbeddedPostgresException(
                    "the embedded PostgreSQL in " + config.directory() + " could not be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static EmbeddedPostgres startAsOwner(
            EmbeddedPostgresConfig config, ServerDirectory directory, DirectoryLock lock, SecureRandom random)
            throws IOException, SQLException, InterruptedException {
        long began = System.nanoTime();
        Cluster.refuseOtherMajorVersion(directory);
        Postmaster postmaster = new Postmaster(
                Binaries.unpack(directory.binaries()), ServerAccount.choose(directory), directory.data());
        String password = new Cluster(directory, postmaster, config).prepare(random);
        EmbeddedPostgres server = new EmbeddedPostgres(config, directory, lock, postmaster, password, random);
        boolean adopted = server.adopt();
        if (!adopted) {
            server.launch();
        }
        try {
            directory.rememberPort(server.port());
            server.makeDatabase();
            server.watch.begin();
        } catch (IOException | SQLException | RuntimeException e) {
            // Nobody would own it.
            server.stopServer();
            throw e;
        }
        if (!adopted) {
            EmbeddedPostgresEvents.started(
                    directory.root(), server.port(), Duration.ofNanos(System.nanoTime() - began));
        }
        return server;
    }

    private void makeDatabase() throws SQLException {
        try {
            roles().makeDatabase();
        } catch (SQLException e) {
            if (INVALID_PASSWORD.equals(e.getSQLState())) {
                throw new EmbeddedPostgresException(
                        e.getMessage() + ": the password in " + Cluster.superuserPassword(directory)
                                + " is not the server's; delete that file, and the next start sets a new one",
                        e);
            }
            throw e;
        }
    }

    /** The login of a service's own role; role, schema (both named {@code name}) and password are made when missing. */
    public PostgresLogin loginFor(String name) {
        try {
            return roles().forService(name, random);
        } catch (SQLException | IOException e) {
            throw new EmbeddedPostgresException("no role could be made for " + name + ": " + e.getMessage(), e);
        }
    }

    /** The loopback port. */
    public synchronized int port() {
        return port;
    }

    Connection superuser(String database) throws SQLException {
        return roles().superuser(database);
    }

    Roles roles() {
        return new Roles(port(), superuserPassword, directory.secrets());
    }

    /** True when an owner before left a server that is as good as a new one; an unusable one is stopped. */
    private synchronized boolean adopt() throws IOException, InterruptedException {
        Optional<PostmasterFile> file = PostmasterFile.read(directory.data());
        if (file.isEmpty() || !PostmasterFile.isServing(file.get().pid(), directory.data())) {
            Cluster.removeStaleFile(directory.data(), config.stopTimeout());
            return false;
        }
        Optional<String> objection = objectionTo(file.get());
        if (objection.isPresent()) {
            EmbeddedPostgresEvents.orphanStopped(file.get().pid(), objection.get());
            stopServer();
            return false;
        }
        port = file.get().port();
        EmbeddedPostgresEvents.adopted(directory.root(), file.get().pid(), port);
        return true;
    }

    private Optional<String> objectionTo(PostmasterFile file) throws IOException {
        if (!postmaster.wasStartedFromTheseBinaries()) {
            return Optional.of("it runs other programs");
        }
        if (config.port().isPresent() && config.port().get() != file.port()) {
            return Optional.of("it listens on port " + file.port());
        }
        try (Connection connection =
                new Roles(file.port(), superuserPassword, directory.secrets()).superuser("postgres")) {
            return connection.isValid(5) ? Optional.empty() : Optional.of("it does not answer");
        } catch (SQLException e) {
            return Optional.of("no session: " + e.getMessage());
        }
    }

    private synchronized void launch() throws IOException, InterruptedException {
        Optional<EmbeddedPostgresException> last = Optional.empty();
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            port = choosePort();
            try {
                postmaster.start(port, config.startTimeout());
                return;
            } catch (EmbeddedPostgresException e) {
                // Somebody may have taken the port between the choice and the start; anything else is final.
                if (isFree(port)) {
                    throw e;
                }
                last = Optional.of(e);
            }
        }
        throw last.orElseThrow();
    }

    private int choosePort() throws IOException {
        if (config.port().isPresent()) {
            if (!isFree(config.port().get())) {
                throw new EmbeddedPostgresException("port " + config.port().get()
                        + " of 127.0.0.1, configured for the embedded PostgreSQL, is taken by another program");
            }
            return config.port().get();
        }
        Optional<Integer> remembered = directory.rememberedPort();
        if (remembered.isPresent()) {
            if (isFree(remembered.get())) {
                return remembered.get();
            }
            EmbeddedPostgresEvents.portTaken(remembered.get());
        }
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK, port), 1);
            return true;
        } catch (BindException e) {
            return false;
        }
    }

    private final class Watched implements ServerWatch.Server {

        @Override
        public long lastPid() throws IOException {
            return PostmasterFile.read(directory.data())
                    .map(PostmasterFile::pid)
                    .orElse(0L);
        }

        @Override
        public void startAgain() throws IOException, InterruptedException {
            // An attempt before this one may have given up on a server that came after all.
            if (!PostmasterFile.isServing(lastPid(), directory.data())) {
                Cluster.removeStaleFile(directory.data(), config.stopTimeout());
                postmaster.start(port, config.startTimeout());
            }
        }
    }

    /** A fast shutdown, an immediate one when that exceeds its time; never a kill. */
    private void stopServer() throws IOException, InterruptedException {
        boolean stopped = postmaster.stop(Postmaster.StopMode.FAST, config.stopTimeout());
        if (!stopped) {
            EmbeddedPostgresEvents.fastStopTimedOut(config.stopTimeout());
            stopped = postmaster.stop(Postmaster.StopMode.IMMEDIATE, config.stopTimeout());
        }
        // The file that pg_ctl waits for goes a moment before the process.
        if (!stopped || !Cluster.awaitNobody(directory.data(), config.stopTimeout())) {
            throw new EmbeddedPostgresException("PostgreSQL in " + directory.data() + " does not stop: processes "
                    + PostmasterFile.processesIn(directory.data()));
        }
    }

    /** A postmaster that was killed has stopped already; its processes follow it. */
    private void stopUnlessGone(long pid) throws IOException, InterruptedException {
        if (ServerWatch.live(pid).isPresent()) {
            try {
                stopServer();
                return;
            } catch (EmbeddedPostgresException e) {
                if (ServerWatch.live(pid).isPresent()) {
                    throw e;
                }
            }
        }
        Cluster.removeStaleFile(directory.data(), config.stopTimeout());
    }

    /** Stops the server, within twice the stop timeout, and gives up the directory. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        watch.close();
        try (lock) {
            Optional<PostmasterFile> file = PostmasterFile.read(directory.data());
            if (file.isPresent()) {
                stopUnlessGone(file.get().pid());
            }
            EmbeddedPostgresEvents.stopped(directory.root());
        } catch (IOException e) {
            throw new EmbeddedPostgresException("the embedded PostgreSQL was not stopped: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static EmbeddedPostgresException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException cause = new InterruptedIOException("interrupted");
        cause.initCause(e);
        return new EmbeddedPostgresException("interrupted", cause);
    }
}
