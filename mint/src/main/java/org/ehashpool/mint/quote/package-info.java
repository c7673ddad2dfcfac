/**
 * Quotes: ordered by a pool, asked for by wallets.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/04.md">NUT-04</a>
 */
@NullMarked
package org.ehashpool.mint.quote;

import org.jspecify.annotations.NullMarked;
