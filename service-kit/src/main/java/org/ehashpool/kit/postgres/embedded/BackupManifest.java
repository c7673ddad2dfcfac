package org.ehashpool.kit.postgres.embedded;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * What a backup holds, so that a restore can tell whether it got the same. The last file of the archive.
 *
 * @param format {@value #FORMAT}
 * @param serverVersion as in {@code server_version}
 * @param majorVersion the version whose programs can read the files
 * @param systemIdentifier of the cluster, as in {@code pg_control_system()}
 * @param startedAt when copying began, ISO 8601
 * @param finishedAt when copying ended, ISO 8601
 * @param startPosition log position at which replay begins
 * @param stopPosition log position that replay has to reach
 * @param tables every table of the services with its number of rows
 * @param rowsExact whether nothing was written between counting and the end, so that a restore has to find the very
 *     same numbers; otherwise they are of a moment during the backup
 * @param files every file with its size in bytes and its SHA-256 in hex
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record BackupManifest(
        String format,
        String serverVersion,
        int majorVersion,
        String systemIdentifier,
        String startedAt,
        String finishedAt,
        String startPosition,
        String stopPosition,
        List<TableRows> tables,
        boolean rowsExact,
        List<StoredFile> files) {

    /** Changes when an older program could misread the archive. */
    static final String FORMAT = "ehash-postgres-backup-1";

    public BackupManifest {
        tables = List.copyOf(tables);
        files = List.copyOf(files);
    }

    /** When copying ended: the state that a restore brings back is the one of this moment. */
    public Instant moment() {
        return Instant.parse(finishedAt);
    }

    /**
     * Rows of one table.
     *
     * @param schema its schema
     * @param table its name
     * @param rows how many it has
     */
    public record TableRows(String schema, String table, long rows) {}

    /**
     * One file of the archive.
     *
     * @param path relative to the data directory, with slashes
     * @param size in bytes
     * @param sha256 in hex
     */
    public record StoredFile(String path, long size, String sha256) {}
}
