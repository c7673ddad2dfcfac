/**
 * The log: one line per event, for people or as JSON, on standard output.
 *
 * <p>An event is a short name in snake_case and its operands as key-value pairs. A service says each of its events
 * through one method of its events class:
 *
 * <pre>{@code
 * void shareRejected(long downstreamId, String reason) {
 *     LOG.atInfo().addKeyValue("downstream_id", downstreamId).addKeyValue("reason", reason).log("share_rejected");
 * }
 * }</pre>
 *
 * which is {@code 2026-11-22T15:55:01.123Z INFO  PoolEvents share_rejected downstream_id=7 reason=stale-share} for
 * people and {@code {"at":"2026-11-22T15:55:01.123Z","level":"info","logger":"org.ehashpool.pool.PoolEvents","thread":
 * "…","event":"share_rejected","downstream_id":7,"reason":"stale-share"}} as JSON.
 *
 * <p>Peers choose some of the values, so control characters, line ends and direction marks are escaped in both forms,
 * and long values are cut. Whoever logs never waits for the terminal or pipe: lines go through a bounded queue, and
 * what does not fit is counted and declared in the log itself.
 */
@NullMarked
package org.ehashpool.kit.log;

import org.jspecify.annotations.NullMarked;
