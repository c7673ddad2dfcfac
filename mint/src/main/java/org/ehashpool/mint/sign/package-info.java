/**
 * Outputs: checked, signed off the event loops, stored in the transaction that accounts for them, and found again.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/00.md">NUT-00</a>
 */
@NullMarked
package org.ehashpool.mint.sign;

import org.jspecify.annotations.NullMarked;
