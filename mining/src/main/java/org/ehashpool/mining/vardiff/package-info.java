/**
 * Share difficulty that follows a miner's hash rate, so that shares come at a wanted rate whatever the miner said of
 * itself.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/05-Mining-Protocol.md#5321-settarget-server---client">
 *     Stratum V2, section 5.3.21</a>
 */
@NullMarked
package org.ehashpool.mining.vardiff;

import org.jspecify.annotations.NullMarked;
