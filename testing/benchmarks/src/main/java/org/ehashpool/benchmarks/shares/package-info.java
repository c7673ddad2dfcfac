/** Shares through the running programs: what a pool acknowledges once it is durable, what that costs, and how long it takes. */
@NullMarked
package org.ehashpool.benchmarks.shares;

import org.jspecify.annotations.NullMarked;
