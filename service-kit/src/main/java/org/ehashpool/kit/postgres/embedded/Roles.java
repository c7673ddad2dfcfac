package org.ehashpool.kit.postgres.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/** The superuser's session, and a role with a schema for each service: each sees its own and nothing else. */
record Roles(int port, String superuserPassword, Path secrets) {

    /** The database that services share, a schema each. */
    static final String DATABASE = "ehash";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    /** Services that start at the same moment take turns. */
    private static final long ADVISORY_LOCK = 0x4548_4153_4800_0001L;

    Connection superuser(String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url(database));
        source.setUser(Postmaster.SUPERUSER);
        source.setPassword(superuserPassword);
        source.setApplicationName("ehash-owner");
        source.setConnectTimeout((int) CONNECT_LIMIT.toSeconds());
        source.setLoginTimeout((int) CONNECT_LIMIT.toSeconds());
        return source.getConnection();
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Makes the shared database where it is missing, and closes all to everybody who was not let in. */
    void makeDatabase() throws SQLException {
        try (Connection connection = superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC");
            boolean missing;
            try (ResultSet found =
                    statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                missing = !found.next();
            }
            if (missing) {
                statement.execute("CREATE DATABASE " + DATABASE + " TEMPLATE template0");
            }
            statement.execute("REVOKE ALL ON DATABASE " + DATABASE + " FROM PUBLIC");
        }
        try (Connection connection = superuser(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC");
        }
    }

    /** The login of a service; its role, schema and password are made when they are missing. */
    PostgresLogin forService(String name, SecureRandom random) throws SQLException, IOException {
        if (!NAME.matcher(name).matches() || name.startsWith("pg_") || name.equals(Postmaster.SUPERUSER)) {
            throw new IllegalArgumentException("a service's schema is named like " + NAME + ", not '" + name + "'");
        }
        try (Connection connection = superuser(DATABASE);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
            String password = passwordOf(name, random);
            String verb = exists(connection, name) ? "ALTER" : "CREATE";
            statement.execute(verb + " ROLE \"" + name + "\" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT"
                    + " NOREPLICATION NOBYPASSRLS PASSWORD '" + password + "'");
            statement.execute("GRANT CONNECT ON DATABASE " + DATABASE + " TO \"" + name + "\"");
            statement.execute("CREATE SCHEMA IF NOT EXISTS \"" + name + "\" AUTHORIZATION \"" + name + "\"");
            statement.execute("ALTER ROLE \"" + name + "\" SET search_path = \"" + name + "\"");
            connection.commit();
            return new PostgresLogin(url(DATABASE), name, password);
        }
    }

    private String passwordOf(String name, SecureRandom random) throws IOException {
        Path file = secrets.resolve("role-" + name);
        Optional<String> kept = OwnerOnlyFile.read(file);
        if (kept.isPresent()) {
            return kept.get();
        }
        String password = OwnerOnlyFile.newPassword(random);
        OwnerOnlyFile.write(file, password);
        return password;
    }

    private static boolean exists(Connection connection, String role) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT 1 FROM pg_roles WHERE rolname = ?")) {
            query.setString(1, role);
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        }
    }
}
