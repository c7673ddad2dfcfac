package org.ehashpool.kit.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresConfig;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;

/**
 * Which database a service uses, and how.
 *
 * @param url {@code jdbc:postgresql://host:port/database}; without it, the service starts its own PostgreSQL
 * @param user the role, with a {@code url} only
 * @param password the role's password, with a {@code url} only; never printed
 * @param poolSize connections, which is also how many transactions run at a time. A transaction here is short and ends
 *     in a flush of the log, and the server flushes for many at once; more connections than this add contention
 *     before they add throughput
 * @param queueLimit how many transactions may wait for a connection; one more is refused at once with
 *     {@link DatabaseBusyException}
 * @param connectionTimeout how long a transaction waits for its turn, and again for a connection
 * @param statementTimeout after which the server cancels a statement, and lets go of a transaction that is idle
 * @param lockTimeout after which the server gives up waiting for a lock
 * @param transactionAttempts how often a transaction is run in all, when the server rolls it back for a deadlock or
 *     because it could not be serialised
 * @param embedded how to run the embedded PostgreSQL, for want of a {@code url}
 */
public record PostgresConfig(
        Optional<String> url,
        Optional<String> user,
        Optional<String> password,
        int poolSize,
        int queueLimit,
        Duration connectionTimeout,
        Duration statementTimeout,
        Duration lockTimeout,
        int transactionAttempts,
        EmbeddedPostgresConfig embedded) {

    private static final String URL_START = "jdbc:postgresql://";

    public PostgresConfig {
        url.flatMap(PostgresConfig::urlProblem).ifPresent(expected -> {
            throw new IllegalArgumentException("url: expected " + expected);
        });
        if (url.isPresent() != user.isPresent() || user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("url, user and password belong together: give all three or none");
        }
        checkRange("poolSize", poolSize, 1, 200);
        checkRange("queueLimit", queueLimit, 0, 1_000_000);
        checkRange("transactionAttempts", transactionAttempts, 1, 100);
        checkTimeout("connectionTimeout", connectionTimeout);
        checkTimeout("statementTimeout", statementTimeout);
        checkTimeout("lockTimeout", lockTimeout);
    }

    /** The embedded PostgreSQL in a directory, eight connections, and timeouts that suit transactions of milliseconds. */
    public static PostgresConfig embeddedIn(Path directory) {
        return new PostgresConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                8,
                4_096,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                8,
                EmbeddedPostgresConfig.in(directory));
    }

    /** The same settings, with an operator's own database in place of the embedded one. */
    public PostgresConfig at(PostgresLogin login) {
        return new PostgresConfig(
                Optional.of(login.url()),
                Optional.of(login.user()),
                Optional.of(login.password()),
                poolSize,
                queueLimit,
                connectionTimeout,
                statementTimeout,
                lockTimeout,
                transactionAttempts,
                embedded);
    }

    /** The operator's login; empty when the embedded PostgreSQL is to be used. */
    Optional<PostgresLogin> login() {
        return url.map(value -> new PostgresLogin(value, user.orElseThrow(), password.orElseThrow()));
    }

    /** What was expected instead of that url; without repeating it, for it may hold a password. */
    static Optional<String> urlProblem(String url) {
        if (!url.startsWith(URL_START)) {
            return Optional.of("a url like " + URL_START + "host:port/database");
        }
        return url.contains("password=") || url.contains("user=") || url.contains("@")
                ? Optional.of(
                        "a url without credentials: they belong into user and password, where they are not printed")
                : Optional.empty();
    }

    private static void checkRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": expected " + least + " to " + most + ", was " + value);
        }
    }

    private static void checkTimeout(String name, Duration value) {
        if (value.toMillis() < 250 || value.toHours() > 24) {
            throw new IllegalArgumentException(name + ": expected 250 ms to 24 h, was " + value);
        }
    }

    @Override
    public String toString() {
        return "PostgresConfig[url=" + url.orElse("(embedded)") + ", user=" + user.orElse("(made)")
                + ", password=(redacted), poolSize=" + poolSize + ", queueLimit=" + queueLimit + ", connectionTimeout="
                + connectionTimeout + ", statementTimeout=" + statementTimeout + ", lockTimeout=" + lockTimeout
                + ", transactionAttempts=" + transactionAttempts + ", embedded=" + embedded + "]";
    }
}
