package org.ehashpool.pool.connection;

import org.ehashpool.sv2.message.Ehash;

/**
 * Something that one miner is told of its quotes.
 *
 * @param connectionId the miner's, in this process
 * @param message what
 */
public record EhashNotice(long connectionId, Ehash.FromServer message) {}
