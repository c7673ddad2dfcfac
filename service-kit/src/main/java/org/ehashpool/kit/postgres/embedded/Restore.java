package org.ehashpool.kit.postgres.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Brings a backup back into {@link ServerDirectory#unfinishedData()} and holds it against its manifest. */
record Restore(ServerDirectory directory, EmbeddedPostgresConfig config) {

    RestoreReport into(Path backup, SecureRandom random) throws IOException, SQLException, InterruptedException {
        Path data = directory.unfinishedData();
        ServerDirectory.deleteTree(data);
        BackupManifest manifest = BackupArchive.unpack(backup, data);
        if (manifest.majorVersion() != Binaries.MAJOR_VERSION) {
            throw new EmbeddedPostgresException("the backup " + backup + " is of PostgreSQL " + manifest.serverVersion()
                    + "; this release embeds PostgreSQL " + Binaries.MAJOR_VERSION);
        }
        ServerAccount account = ServerAccount.choose(directory);
        Postmaster postmaster = new Postmaster(Binaries.unpack(directory.binaries()), account, data);
        account.own(data);
        postmaster.configure();
        String password = OwnerOnlyFile.newPassword(random);
        // Replays the log as well, from the backup's label to its end.
        postmaster.resetPassword(password, config.startTimeout());
        RestoreReport report = verify(manifest, postmaster, password, random);
        OwnerOnlyFile.write(Cluster.superuserPassword(directory), password);
        ServerDirectory.flushTree(data);
        return report;
    }

    private RestoreReport verify(BackupManifest manifest, Postmaster postmaster, String password, SecureRandom random)
            throws IOException, SQLException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        postmaster.start(port, config.startTimeout());
        List<BackupManifest.TableRows> tables;
        try {
            Roles roles = new Roles(port, password, directory.secrets());
            refuseOtherCluster(manifest, roles);
            leaveMark(roles, random);
            tables = RowCount.of(roles).tables();
        } catch (SQLException | RuntimeException e) {
            // Nothing of it is kept, so that how it stops is of no importance.
            postmaster.stop(Postmaster.StopMode.IMMEDIATE, config.stopTimeout());
            throw e;
        }
        if (!postmaster.stop(Postmaster.StopMode.FAST, config.stopTimeout())) {
            throw new EmbeddedPostgresException("the restored PostgreSQL does not stop");
        }
        if (manifest.rowsExact() && !tables.equals(manifest.tables())) {
            throw new EmbeddedPostgresException(
                    "the restored tables are not those of the backup: " + tables + " instead of " + manifest.tables());
        }
        return new RestoreReport(manifest, tables);
    }

    /** Services that keep promises compare the mark with the one they know: commits after the backup are lost. */
    private static void leaveMark(Roles roles, SecureRandom random) throws SQLException {
        try (Connection connection = roles.superuser(Roles.DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + Roles.DATABASE + " SET " + EmbeddedPostgresCommands.RESTORE_MARK
                    + " = '" + OwnerOnlyFile.newPassword(random) + "'");
        }
    }

    private static void refuseOtherCluster(BackupManifest manifest, Roles roles) throws SQLException {
        try (Connection connection = roles.superuser(Roles.DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT system_identifier FROM pg_control_system()")) {
            row.next();
            if (!manifest.systemIdentifier().equals(row.getString(1))) {
                throw new EmbeddedPostgresException("the restored cluster is " + row.getString(1) + ", the backup's "
                        + manifest.systemIdentifier());
            }
        }
    }
}
