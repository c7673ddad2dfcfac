package org.ehashpool.kit.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a server said of itself when it was asked.
 *
 * @param version as in {@code server_version}
 * @param refusals why it may not hold money; empty for a good one
 * @param warnings what an operator should know and a service can live with
 */
public record ServerReport(String version, List<String> refusals, List<String> warnings) {

    static final int OLDEST_MAJOR = 15;
    static final int NEWEST_MAJOR = 18;

    /** One cheap statement, readable by any role: see {@link #of}. */
    static final String QUERY = """
            SELECT name, current_setting(name, true) FROM unnest(ARRAY[
                'server_version', 'server_version_num', 'fsync', 'full_page_writes', 'synchronous_commit',
                'zero_damaged_pages', 'ignore_checksum_failure', 'data_checksums', 'server_encoding',
                'transaction_read_only', 'in_hot_standby']) AS name
            """;

    public ServerReport {
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
    }

    boolean good() {
        return refusals.isEmpty();
    }

    /**
     * Judges the settings of a session.
     *
     * <p>"Turning this parameter [fsync] off … can result in unrecoverable data corruption"; "full_page_writes …
     * turning this parameter off … might lead to either unrecoverable data corruption, or silent data corruption";
     * "synchronous_commit … off … there can be a delay between when success is reported to the client and when the
     * transaction is really guaranteed to be safe": all of them read back from this very session, because a role or
     * a database can have a value of its own for the last one.
     */
    static ServerReport of(Map<String, String> settings) {
        List<String> refusals = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        requireOn("fsync", "a crash of the machine can corrupt everything", settings, refusals);
        requireOn("full_page_writes", "a crash of the machine can leave half-written pages", settings, refusals);
        if (value(settings, "synchronous_commit").equals("off")) {
            refusals.add("synchronous_commit is off, has to be on (or local, remote_write, remote_apply):"
                    + " a crash loses what was acknowledged");
        }
        requireOff("zero_damaged_pages", "damaged data would be deleted silently", settings, refusals);
        requireOff("ignore_checksum_failure", "damaged data would be read as good", settings, refusals);
        requireOff("in_hot_standby", "a standby takes no writes: name the primary server", settings, refusals);
        requireOff("transaction_read_only", "sessions of this role are read-only", settings, refusals);
        String encoding = value(settings, "server_encoding");
        if (!encoding.equals("UTF8")) {
            refusals.add("server_encoding is " + encoding + ", has to be UTF8");
        }
        int major = major(value(settings, "server_version_num"));
        String version = value(settings, "server_version");
        if (major < OLDEST_MAJOR || major > NEWEST_MAJOR) {
            refusals.add(
                    "server_version is " + version + ", has to be PostgreSQL " + OLDEST_MAJOR + " to " + NEWEST_MAJOR);
        }
        if (!value(settings, "data_checksums").equals("on")) {
            warnings.add("data_checksums is " + value(settings, "data_checksums")
                    + ": damage of the storage goes unnoticed; pg_checksums --enable turns it on");
        }
        return new ServerReport(version, refusals, warnings);
    }

    private static int major(String versionNumber) {
        try {
            return Integer.parseInt(versionNumber) / 10_000;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void requireOn(String name, String why, Map<String, String> settings, List<String> refusals) {
        if (!value(settings, name).equals("on")) {
            refusals.add(name + " is " + value(settings, name) + ", has to be on: " + why);
        }
    }

    private static void requireOff(String name, String why, Map<String, String> settings, List<String> refusals) {
        if (!value(settings, name).equals("off")) {
            refusals.add(name + " is " + value(settings, name) + ", has to be off: " + why);
        }
    }

    private static String value(Map<String, String> settings, String name) {
        return settings.getOrDefault(name, "(not known to this server)");
    }
}
