/**
 * Proofs: ecash as a wallet holds and spends it.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/00.md">NUT-00</a>
 */
@NullMarked
package org.ehashpool.cashu.proof;

import org.jspecify.annotations.NullMarked;
