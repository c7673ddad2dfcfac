/**
 * Relays a miner's signed lookup to a mint, and adds up what it answers.
 *
 * @see <a href="https://github.com/cashubtc/nuts/pull/341">NUT-XX, the draft of the lookup by key</a>
 */
@NullMarked
package org.ehashpool.poolstats.earnings;

import org.jspecify.annotations.NullMarked;
