package org.ehashpool.poolstats;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;

/** Reads the tables as anybody can. */
record Tables(PostgresLogin login) {

    /** The rows of a query, each as its columns with a bar between them. */
    List<String> rows(String query) {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path to pool_stats");
            statement.execute("set timezone to 'UTC'");
            try (ResultSet result = statement.executeQuery(query)) {
                List<String> rows = new ArrayList<>();
                while (result.next()) {
                    List<String> columns = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        columns.add(String.valueOf(result.getString(i)));
                    }
                    rows.add(String.join("|", columns));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    String value(String query) {
        return rows(query).getFirst();
    }
}
