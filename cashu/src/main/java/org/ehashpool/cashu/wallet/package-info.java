/**
 * What wallets need beyond what mints do: secrets that follow from a seed, and getting ecash back with nothing else.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/13.md">NUT-13: deterministic secrets</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/09.md">NUT-09: restore signatures</a>
 */
@NullMarked
package org.ehashpool.cashu.wallet;

import org.jspecify.annotations.NullMarked;
