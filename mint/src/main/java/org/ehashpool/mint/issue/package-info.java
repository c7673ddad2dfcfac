/**
 * Proofs for quotes that are paid, one or many at a time.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/04.md">NUT-04</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/20.md">NUT-20</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/29.md">NUT-29</a>
 */
@NullMarked
package org.ehashpool.mint.issue;

import org.jspecify.annotations.NullMarked;
