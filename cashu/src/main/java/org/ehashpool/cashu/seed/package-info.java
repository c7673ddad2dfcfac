/**
 * Keys derived from a seed (BIP 32), in Java alone, for mints and wallets.
 *
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0032.mediawiki">BIP 32</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/13.md">NUT-13</a>
 */
@NullMarked
package org.ehashpool.cashu.seed;

import org.jspecify.annotations.NullMarked;
