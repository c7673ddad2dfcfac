/**
 * The mint's seed: everything it signs with is derived from it, so that a file of words and the database are all that a
 * backup needs.
 *
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki">BIP 39</a>
 */
@NullMarked
package org.ehashpool.mint.seed;

import org.jspecify.annotations.NullMarked;
