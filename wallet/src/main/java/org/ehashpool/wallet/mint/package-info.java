/**
 * Mints as the wallet sees them, over HTTP: bounded answers, deadlines, and nothing believed that can be checked.
 *
 * @see <a href="https://github.com/cashubtc/nuts">The NUTs</a>
 */
@NullMarked
package org.ehashpool.wallet.mint;

import org.jspecify.annotations.NullMarked;
