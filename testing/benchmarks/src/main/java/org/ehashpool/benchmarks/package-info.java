/**
 * JMH benchmarks, each beside its limit: what the machine does at best for the raw operation, measured in the same run.
 *
 * <p>A class per area holds the benchmarks. {@link org.ehashpool.benchmarks.Limit}, {@link
 * org.ehashpool.benchmarks.Goal} and {@link org.ehashpool.benchmarks.Published} on a benchmark say what its result is
 * compared with; {@link org.ehashpool.benchmarks.BenchmarksMain} runs them and prints the table.
 *
 * @see <a href="https://github.com/openjdk/jmh">JMH</a>
 * @see <a href="https://github.com/stratum-mining/stratum">The reference implementation, whose figures are quoted</a>
 */
@NullMarked
package org.ehashpool.benchmarks;

import org.jspecify.annotations.NullMarked;
