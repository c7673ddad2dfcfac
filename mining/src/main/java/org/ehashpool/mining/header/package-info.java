/**
 * Block headers and blocks as bytes.
 *
 * @see <a href="https://developer.bitcoin.org/reference/block_chain.html#block-headers">Bitcoin developer reference,
 *     block headers</a>
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0141.mediawiki#commitment-structure">BIP 141, commitment
 *     structure</a>
 */
@NullMarked
package org.ehashpool.mining.header;

import org.jspecify.annotations.NullMarked;
