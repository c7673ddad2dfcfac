package org.ehashpool.kit.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresConfig;

/** The database's part of a service's configuration: what an operator writes. Without a url, an embedded PostgreSQL. */
public record DatabaseConfig(
        @Description("jdbc:postgresql://host:port/database; without it the service starts its own PostgreSQL.")
        Optional<String> url,

        @Description("The role; with a url only.") Optional<String> user,

        @Description("The role's password; with a url only.")
        Optional<Secret> password,

        @Description("Connections, which is how many transactions run at a time.")
        @Default("8")
        @Range(min = "1", max = "200")
        int poolSize,

        @Description("Transactions that may wait for a connection; one more is refused.")
        @Default("4096")
        @Range(min = "0", max = "1000000")
        int queueLimit,

        @Description("How long a transaction waits for its turn.") @Default("5s") @Range(min = "250ms", max = "1h")
        Duration connectionTimeout,

        @Description("After which the server cancels a statement.") @Default("30s") @Range(min = "250ms", max = "1h")
        Duration statementTimeout,

        @Description("After which the server gives up waiting for a lock.")
        @Default("10s")
        @Range(min = "250ms", max = "1h")
        Duration lockTimeout,

        @Description("How often a transaction is tried when the server rolls it back for a conflict.")
        @Default("8")
        @Range(min = "1", max = "100")
        int transactionAttempts,

        @Description("Where the embedded PostgreSQL lives; by default below $EHASH_HOME or ~/.local/share/ehash.")
        Optional<Path> embeddedDirectory,

        @Description("The loopback port of the embedded PostgreSQL; by default a free one that is then kept.")
        @Range(min = "1", max = "65535")
        Optional<Integer> embeddedPort) {

    public DatabaseConfig {
        url.flatMap(PostgresConfig::urlProblem).ifPresent(expected -> {
            throw new IllegalArgumentException(expected);
        });
        if (url.isPresent() != user.isPresent() || user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("url, user and password together, or none of them");
        }
        if (url.isPresent() && (embeddedDirectory.isPresent() || embeddedPort.isPresent())) {
            throw new IllegalArgumentException("either a url or settings of the embedded PostgreSQL, not both");
        }
    }

    /**
     * The settings with every default filled in.
     *
     * @param service names the embedded PostgreSQL's default directory
     * @param environment for EHASH_HOME
     * @param userHome where the default lies without it
     */
    public PostgresConfig resolve(String service, Map<String, String> environment, Path userHome) {
        EmbeddedPostgresConfig defaults = EmbeddedPostgresConfig.in(embeddedDirectory.orElseGet(
                () -> EmbeddedPostgresConfig.defaultDirectory(environment, userHome, service)));
        return new PostgresConfig(
                url,
                user,
                password.map(Secret::reveal),
                poolSize,
                queueLimit,
                connectionTimeout,
                statementTimeout,
                lockTimeout,
                transactionAttempts,
                new EmbeddedPostgresConfig(
                        defaults.directory(), embeddedPort, defaults.startTimeout(), defaults.stopTimeout()));
    }
}
