package org.ehashpool.kit.postgres.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * How many rows every table has at one moment.
 *
 * @param tables sorted by schema and name
 * @param nextTransaction the first transaction id that was not given out yet at that moment
 * @param quiet whether no transaction that writes was under way
 */
record RowCount(List<BackupManifest.TableRows> tables, String nextTransaction, boolean quiet) {

    private static final String TABLES = """
            SELECT n.nspname, c.relname
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'
            ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
            """;

    /** Reads every page of every table, so that a damaged one fails by its checksum. */
    static RowCount of(Roles roles) throws SQLException {
        try (Connection connection = roles.superuser(Roles.DATABASE);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            statement.execute("SET LOCAL enable_indexonlyscan = off");
            statement.execute("SET LOCAL enable_indexscan = off");
            statement.execute("SET LOCAL enable_bitmapscan = off");
            String next;
            boolean quiet;
            try (ResultSet snapshot = statement.executeQuery(
                    "SELECT pg_snapshot_xmin(s), pg_snapshot_xmax(s) FROM pg_current_snapshot() AS s")) {
                snapshot.next();
                next = String.valueOf(snapshot.getString(2));
                quiet = next.equals(snapshot.getString(1));
            }
            List<List<String>> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(TABLES)) {
                while (rows.next()) {
                    names.add(List.of(rows.getString(1), rows.getString(2)));
                }
            }
            List<BackupManifest.TableRows> tables = new ArrayList<>();
            for (List<String> name : names) {
                String table = statement.enquoteIdentifier(name.get(0), true) + "."
                        + statement.enquoteIdentifier(name.get(1), true);
                try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table)) {
                    count.next();
                    tables.add(new BackupManifest.TableRows(name.get(0), name.get(1), count.getLong(1)));
                }
            }
            connection.commit();
            return new RowCount(List.copyOf(tables), next, quiet);
        }
    }

    /** True when no transaction that writes ran since the count, so that it is the count of this moment, too. */
    boolean nothingWrittenSince(Roles roles) throws SQLException {
        try (Connection connection = roles.superuser(Roles.DATABASE);
                Statement statement = connection.createStatement();
                ResultSet snapshot = statement.executeQuery("SELECT pg_snapshot_xmax(pg_current_snapshot())")) {
            snapshot.next();
            return quiet && nextTransaction.equals(snapshot.getString(1));
        }
    }
}
