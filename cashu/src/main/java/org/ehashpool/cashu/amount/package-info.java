/**
 * Amounts of ecash: unsigned 64-bit integers with checked arithmetic.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/00.md">NUT-00</a>
 */
@NullMarked
package org.ehashpool.cashu.amount;

import org.jspecify.annotations.NullMarked;
