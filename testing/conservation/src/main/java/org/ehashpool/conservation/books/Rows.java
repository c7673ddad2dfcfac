package org.ehashpool.conservation.books;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;

/** Reads a service's tables, and cannot do more. */
public record Rows(PostgresLogin login) {
    private static final int FETCH = 10_000;

    /** Takes a row. */
    interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    /** Reads all rows, in the order of the query. */
    void read(String query, Reader reader) throws SQLException {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password())) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(FETCH);
                try (ResultSet rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        reader.read(rows);
                    }
                }
            }
        }
    }

    /** The first number of the first row; 0 if there is none. */
    public BigInteger number(String query) throws SQLException {
        BigInteger[] found = {BigInteger.ZERO};
        read(query, row -> found[0] = row.getBigDecimal(1).toBigIntegerExact());
        return found[0];
    }

    /** The first column of the first row as text; empty if there is none. */
    String text(String query) throws SQLException {
        String[] found = {""};
        read(query, row -> found[0] = found[0].isEmpty() ? String.valueOf(row.getString(1)) : found[0]);
        return found[0];
    }
}
