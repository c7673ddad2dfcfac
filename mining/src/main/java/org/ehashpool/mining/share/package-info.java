/**
 * Shares: whether they count, whether they were seen before, and how they are acknowledged.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/05-Mining-Protocol.md#5311-submitsharesstandard-client---server">
 *     Stratum V2, sections 5.3.11 to 5.3.14</a>
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0323.mediawiki">BIP 323</a>
 */
@NullMarked
package org.ehashpool.mining.share;

import org.jspecify.annotations.NullMarked;
