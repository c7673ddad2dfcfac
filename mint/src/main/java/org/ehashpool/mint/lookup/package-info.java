/**
 * Quotes by the keys they are locked to: how a wallet finds what it was never told of.
 *
 * @see <a href="https://github.com/cashubtc/nuts/pull/341">The draft</a>
 */
@NullMarked
package org.ehashpool.mint.lookup;

import org.jspecify.annotations.NullMarked;
