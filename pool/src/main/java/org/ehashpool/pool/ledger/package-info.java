/**
 * Shares that count become credits in a ledger, many at a time: one commit is under way for all event loops, the next
 * begins at once with what came meanwhile. A miner is told of its shares when their commit is done, never before.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/05-Mining-Protocol.md#5313-submitsharessuccess-server---client">
 *     Stratum V2, section 5.3.13</a>
 */
@NullMarked
package org.ehashpool.pool.ledger;

import org.jspecify.annotations.NullMarked;
