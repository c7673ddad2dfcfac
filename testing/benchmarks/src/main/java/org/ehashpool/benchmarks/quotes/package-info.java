/** {@code ./ehash bench quotes}: how many quotes a minute pool and mint make together, durably, both on this machine. */
@NullMarked
package org.ehashpool.benchmarks.quotes;

import org.jspecify.annotations.NullMarked;
