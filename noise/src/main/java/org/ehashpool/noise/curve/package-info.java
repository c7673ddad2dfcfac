/**
 * Bitcoin's curve secp256k1 as the handshake needs it: x-only keys and Schnorr signatures (BIP 340), ElligatorSwift
 * encodings and x-only ECDH (BIP 324). One port with two implementations, libsecp256k1 and pure Java, that give the
 * same bytes for the same inputs.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/04-Protocol-Security.md#431-elliptic-curve">Stratum
 *     V2, 4.3.1</a>
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0324.mediawiki">BIP 324</a>
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0340.mediawiki">BIP 340</a>
 */
@NullMarked
package org.ehashpool.noise.curve;

import org.jspecify.annotations.NullMarked;
