/**
 * Bitcoin transactions as bytes: enough of the consensus serialisation to hash, weigh and check them, on input that is
 * not trusted.
 *
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0144.mediawiki">BIP 144</a>
 */
@NullMarked
package org.ehashpool.mining.transaction;

import org.jspecify.annotations.NullMarked;
