package org.ehashpool.kit.postgres.embedded;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What can be told of an embedded PostgreSQL from outside, without changing anything.
 *
 * @param directory what it owns
 * @param state see {@link State}
 * @param majorVersion of the data
 * @param supported whether this release opens data of that version
 * @param pid of the server
 * @param port of the server, or the remembered one
 */
public record EmbeddedPostgresStatus(
        Path directory,
        State state,
        Optional<String> majorVersion,
        boolean supported,
        OptionalLong pid,
        OptionalInt port) {

    /** Where it stands. */
    public enum State {
        /** No data yet. */
        ABSENT,
        /** Data, and no server. */
        STOPPED,
        /** A server that an owner watches over. */
        RUNNING,
        /** A server whose owner is gone: the next one adopts it. */
        ORPHANED
    }
}
