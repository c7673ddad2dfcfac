/**
 * Stratum V1 as real miners speak it, without I/O: lines become {@link org.ehashpool.translator.sv1.Request}s, a {@link
 * org.ehashpool.translator.sv1.Sv1Session} answers them with {@link org.ehashpool.translator.sv1.Sv1Effect}s. No
 * specification is binding; firmware is.
 *
 * @see <a href="https://en.bitcoin.it/wiki/Stratum_mining_protocol">Stratum mining protocol</a>
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0310.mediawiki">BIP 310, Stratum protocol extensions</a>
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0323.mediawiki">BIP 323, the version bits to roll</a>
 */
@NullMarked
package org.ehashpool.translator.sv1;

import org.jspecify.annotations.NullMarked;
