/**
 * Targets and what follows from them: compact bits as Bitcoin Core reads them, difficulty, work and hash rate, in exact
 * integers wherever money depends on the figure.
 *
 * @see <a href="https://github.com/bitcoin/bitcoin/blob/master/src/arith_uint256.cpp">Bitcoin Core,
 *     arith_uint256::SetCompact</a>
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/05-Mining-Protocol.md#5321-settarget-server---client">
 *     Stratum V2, section 5.3.21</a>
 */
@NullMarked
package org.ehashpool.mining.difficulty;

import org.jspecify.annotations.NullMarked;
