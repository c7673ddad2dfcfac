package org.ehashpool.kit.postgres.embedded;

import java.nio.file.Path;
import java.security.SecureRandom;

/** A process that owns an embedded PostgreSQL, for tests that kill it: says "started" and waits for its end. */
final class OwnerProcess {

    private OwnerProcess() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedPostgres postgres;
        try {
            postgres = EmbeddedPostgres.start(EmbeddedPostgresConfig.in(Path.of(arguments[0])), new SecureRandom());
        } catch (EmbeddedPostgresException e) {
            System.out.println(e.getMessage());
            System.exit(1);
            return;
        }
        EmbeddedPostgresIT.execute(
                postgres.loginFor("pool"),
                "CREATE TABLE made_by_owner AS SELECT "
                        + ProcessHandle.current().pid() + " AS mark");
        System.out.println("started");
        System.in.read();
        postgres.close();
    }
}
