/**
 * Mining over Stratum V2: {@link org.ehashpool.miner.sv2.MiningSession} is one connection with its channels, {@link
 * org.ehashpool.miner.sv2.Sv2Miner} keeps one.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/05-Mining-Protocol.md">5. Mining Protocol</a>
 */
@NullMarked
package org.ehashpool.miner.sv2;

import org.jspecify.annotations.NullMarked;
