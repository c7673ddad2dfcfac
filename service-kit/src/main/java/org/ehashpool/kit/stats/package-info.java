/**
 * Tells a statistics service what happens to this one.
 *
 * <p>{@link org.ehashpool.kit.stats.StatsSink#publish} puts an event into a bounded queue and returns. One thread takes it
 * from there, numbers it and appends it to the {@linkplain org.ehashpool.kit.stats.spool spool} on disk; another one sends
 * what is in the spool, and removes what is acknowledged. What finds no room, in the queue or on disk, keeps its number
 * and is declared as a gap. {@code docs/stats.md} has the protocol.
 */
@NullMarked
package org.ehashpool.kit.stats;

import org.jspecify.annotations.NullMarked;
