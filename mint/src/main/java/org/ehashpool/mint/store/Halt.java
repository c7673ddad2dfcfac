package org.ehashpool.mint.store;

import java.time.Instant;

/**
 * Something the mint does not do at present.
 *
 * @param since when it was stopped
 * @param reason for people
 */
public record Halt(Instant since, String reason) {}
