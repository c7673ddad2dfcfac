/**
 * The pool's side of its links to mints: a port of its own, on which nobody is heard who has not proved to be one of the
 * mints that the pool pins; orders out, answers back, each checked against what was asked.
 *
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0340.mediawiki">BIP 340</a>
 */
@NullMarked
package org.ehashpool.pool.mintlink;

import org.jspecify.annotations.NullMarked;
