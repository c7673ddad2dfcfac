/**
 * Load for a Cashu mint of any make, over HTTP: how much it mints and swaps in a second, as a wallet sees it.
 *
 * @see <a href="https://github.com/cashubtc/nuts">the NUTs</a>
 */
@NullMarked
package org.ehashpool.benchmarks.mint;

import org.jspecify.annotations.NullMarked;
