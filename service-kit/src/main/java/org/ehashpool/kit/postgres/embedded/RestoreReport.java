package org.ehashpool.kit.postgres.embedded;

import java.util.List;

/**
 * What a restore brought back, read from the restored server itself.
 *
 * @param manifest of the backup
 * @param tables every table with its number of rows; each of its pages was read and its checksum verified
 */
public record RestoreReport(BackupManifest manifest, List<BackupManifest.TableRows> tables) {

    public RestoreReport {
        tables = List.copyOf(tables);
    }
}
