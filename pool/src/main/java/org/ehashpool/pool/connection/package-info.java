/**
 * Miners: their connections and channels, spread over the event loops, each of which does everything for its own.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/05-Mining-Protocol.md">Stratum V2, section 5</a>
 * @see <a
 *     href="https://github.com/stratum-mining/sv2-spec/blob/main/extensions/0x0002-worker-specific-hashrate-tracking.md">
 *     Extension 0x0002</a>
 */
@NullMarked
package org.ehashpool.pool.connection;

import org.jspecify.annotations.NullMarked;
