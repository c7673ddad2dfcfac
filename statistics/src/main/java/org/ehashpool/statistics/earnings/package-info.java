/**
 * What a miner's key earned, as a mint says once it has seen a proof of the key.
 *
 * @see <a href="https://github.com/cashubtc/nuts/pull/341">NUT-XX, the draft of the lookup by key</a>
 */
@NullMarked
package org.ehashpool.statistics.earnings;

import org.jspecify.annotations.NullMarked;
