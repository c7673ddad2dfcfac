/**
 * Finds quotes by the keys they are locked to and mints from them. The mints' lookup is the source of truth; what a
 * pool notifies of only makes a look happen sooner.
 *
 * @see <a href="https://github.com/cashubtc/nuts/pull/341">NUT-XX, the draft of the lookup</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/29.md">NUT-29: batches</a>
 */
@NullMarked
package org.ehashpool.wallet.claim;

import org.jspecify.annotations.NullMarked;
