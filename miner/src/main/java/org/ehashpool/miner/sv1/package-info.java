/**
 * Mining over Stratum V1: lines of JSON in {@link org.ehashpool.miner.sv1.Sv1Message}, what they mean in {@link
 * org.ehashpool.miner.sv1.Sv1Session}, the connection in {@link org.ehashpool.miner.sv1.Sv1Miner}.
 *
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0310.mediawiki">BIP 310, extensions of Stratum V1</a>
 */
@NullMarked
package org.ehashpool.miner.sv1;

import org.jspecify.annotations.NullMarked;
