/**
 * Gets a wallet back with nothing but its seed: proofs from what the mints have signed, keys from the quotes that are
 * locked to them.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/09.md">NUT-09: restore signatures</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/13.md">NUT-13: deterministic secrets</a>
 */
@NullMarked
package org.ehashpool.wallet.restore;

import org.jspecify.annotations.NullMarked;
