/**
 * The coinbase transaction: where the money goes, and the two halves around the extranonce that miners hash.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/07-Template-Distribution-Protocol.md">Stratum V2,
 *     sections 7.1 and 7.2</a>
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0034.mediawiki">BIP 34</a>, <a
 *     href="https://github.com/bitcoin/bips/blob/master/bip-0054.md">BIP 54</a>, <a
 *     href="https://github.com/bitcoin/bips/blob/master/bip-0141.mediawiki">BIP 141</a>
 */
@NullMarked
package org.ehashpool.mining.coinbase;

import org.jspecify.annotations.NullMarked;
