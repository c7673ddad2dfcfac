package org.ehashpool.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.kit.postgres.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * On the PostgreSQL of a container, {@code $EHASH_TEST_POSTGRES_IMAGE} or the official image. A machine without Docker
 * runs it on the embedded one and says so, unless {@code CI} is set: a gate never passes on what it did not run.
 */
class ContainerDatabaseIT extends DatabaseContract {

    private static final String IMAGE =
            Optional.ofNullable(System.getenv("EHASH_TEST_POSTGRES_IMAGE")).orElse("postgres:17-alpine");

    @TempDir
    static Path root;

    private static Optional<PostgreSQLContainer> container = Optional.empty();
    private static Optional<TestServer> embedded = Optional.empty();

    @BeforeAll
    static void start() throws Exception {
        if (dockerAnswers()) {
            PostgreSQLContainer started = container("fsync=on");
            started.start();
            container = Optional.of(started);
            PostgresLogin superuser = new PostgresLogin(urlOf(started), started.getUsername(), started.getPassword());
            try (Connection connection =
                            DriverManager.getConnection(superuser.url(), superuser.user(), superuser.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE ROLE kit_test LOGIN PASSWORD 'kit-test-password'");
            }
        } else {
            assertThat(dockerIsRequired())
                    .as("CI needs Docker: see .ci/docker-engine.sh")
                    .isFalse();
            System.out.println("No Docker here: the container's database tests run on the embedded PostgreSQL.");
            TestServer instead = TestServer.start(root.resolve("instead"));
            instead.login("kit_test");
            embedded = Optional.of(instead);
        }
    }

    @AfterAll
    static void stop() {
        container.ifPresent(PostgreSQLContainer::stop);
        embedded.ifPresent(TestServer::close);
    }

    @Override
    PostgresLogin login() {
        return container
                .map(started -> new PostgresLogin(urlOf(started), "kit_test", "kit-test-password"))
                .orElseGet(() -> embedded.orElseThrow().login("kit_test"));
    }

    @Override
    PostgresLogin superuser() {
        return container
                .map(started -> new PostgresLogin(urlOf(started), started.getUsername(), started.getPassword()))
                .orElseGet(() -> embedded.orElseThrow().superuser());
    }

    @Test
    void shouldRefuseAndNameEverySettingWhenTheServerIsNotDurable() {
        if (container.isEmpty()) {
            // The embedded one keeps its durable settings whatever it is told; that much can be seen here.
            try (Database database = open(config())) {
                assertThat(database.report().refusals()).isEmpty();
            }
            return;
        }
        try (PostgreSQLContainer careless =
                container("fsync=off", "full_page_writes=off", "synchronous_commit=off", "zero_damaged_pages=on")) {
            careless.start();
            PostgresLogin login = new PostgresLogin(urlOf(careless), careless.getUsername(), careless.getPassword());
            assertThatThrownBy(() -> open(config().at(login)))
                    .isInstanceOfSatisfying(
                            DatabaseRefusedException.class,
                            e -> assertThat(e.reasons())
                                    .satisfiesExactly(
                                            reason -> assertThat(reason).startsWith("fsync is off"),
                                            reason -> assertThat(reason).startsWith("full_page_writes is off"),
                                            reason -> assertThat(reason).startsWith("synchronous_commit is off"),
                                            reason -> assertThat(reason).startsWith("zero_damaged_pages is on")));
        }
    }

    private static PostgreSQLContainer container(String... settings) {
        String[] command = new String[1 + 2 * settings.length];
        command[0] = "postgres";
        for (int i = 0; i < settings.length; i++) {
            command[1 + 2 * i] = "-c";
            command[2 + 2 * i] = settings[i];
        }
        PostgreSQLContainer made =
                new PostgreSQLContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("postgres"));
        // Its own default is fsync=off.
        made.setCommand(command);
        return made;
    }

    private static String urlOf(PostgreSQLContainer started) {
        return "jdbc:postgresql://" + started.getHost() + ":"
                + started.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT) + "/" + started.getDatabaseName();
    }

    /** An engine that is configured and does not answer would be asked again for many minutes. */
    private static boolean dockerAnswers() throws Exception {
        return CompletableFuture.supplyAsync(
                        () -> DockerClientFactory.instance().isDockerAvailable())
                .completeOnTimeout(false, 60, TimeUnit.SECONDS)
                .get();
    }

    private static boolean dockerIsRequired() {
        return "true".equals(System.getenv("CI")) || Boolean.getBoolean("ehash.docker.required");
    }
}
