/**
 * What the test profile has beside swaps: invoices that pay themselves, and payments of invoices by a node that there is
 * not. Everything but the node is as it would be: each change is one transaction, done once, and found again by whoever
 * asks again.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/05.md">NUT-05</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/08.md">NUT-08</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/23.md">NUT-23</a>
 */
@NullMarked
package org.ehashpool.mint.payment;

import org.jspecify.annotations.NullMarked;
