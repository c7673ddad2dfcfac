/**
 * Proofs for other proofs.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/03.md">NUT-03</a>
 */
@NullMarked
package org.ehashpool.mint.swap;

import org.jspecify.annotations.NullMarked;
