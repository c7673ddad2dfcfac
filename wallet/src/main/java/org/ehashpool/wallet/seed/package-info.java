/**
 * The wallet's seed at rest: BIP 39 words in a file that only its owner may read, as they are or sealed by a
 * passphrase.
 *
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki">BIP 39</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9106">RFC 9106: Argon2</a>
 */
@NullMarked
package org.ehashpool.wallet.seed;

import org.jspecify.annotations.NullMarked;
