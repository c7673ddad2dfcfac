/**
 * The load generator: many connections and channels that submit valid shares at a given rate, without the cost of
 * mining, and measure how long the pool takes.
 *
 * <p>The shares come when they are due, whether or not earlier ones were answered, and a latency is counted from the
 * moment a share was due: a pool that stalls is charged for all the shares it held up.
 */
@NullMarked
package org.ehashpool.miner.load;

import org.jspecify.annotations.NullMarked;
