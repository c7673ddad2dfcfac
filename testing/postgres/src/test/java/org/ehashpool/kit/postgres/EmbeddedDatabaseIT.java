package org.ehashpool.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.kit.postgres.generated.Tables.CREDIT;

import java.nio.file.Path;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresCommands;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgresStatus;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.kit.postgres.embedded.TestDirectories;
import org.ehashpool.kit.postgres.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT extends DatabaseContract {

    @TempDir
    static Path root;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(root.resolve("shared"));
        server.login("kit_test");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    PostgresLogin login() {
        return server.login("kit_test");
    }

    @Override
    PostgresLogin superuser() {
        return server.superuser();
    }

    @Test
    void shouldStartAndStopAServerOfItsOwnWhenNoUrlIsConfigured() throws Exception {
        Path directory = root.resolve("own");
        TestDirectories.withData(directory);
        PostgresConfig config = PostgresConfig.embeddedIn(directory);
        try (Database database = open(config)) {
            assertThat(database.<Integer>transactBlocking(Isolation.SERIALIZABLE, sql -> sql.fetchCount(CREDIT)))
                    .isZero();
            assertThat(database.report().warnings()).isEmpty();
            assertThat(EmbeddedPostgresCommands.status(directory).state())
                    .isEqualTo(EmbeddedPostgresStatus.State.RUNNING);
        }
        assertThat(EmbeddedPostgresCommands.status(directory).state()).isEqualTo(EmbeddedPostgresStatus.State.STOPPED);
    }
}
