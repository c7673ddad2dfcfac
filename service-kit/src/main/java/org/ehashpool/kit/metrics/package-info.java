/**
 * Metrics for Prometheus, by Micrometer.
 *
 * <p>Names: {@code ehash_<service>_<what>[_<unit>]}, {@code ehash_pool_shares_accepted_total}. {@link
 * org.ehashpool.kit.metrics.ServiceMetrics} puts the prefix before the names it is given ({@code shares.accepted}) and
 * Micrometer writes unit and suffix in Prometheus' convention. What the JVM and the process say keeps its usual names
 * ({@code jvm_*}, {@code process_*}).
 *
 * <p>A label's values come from a small set that is known when the code is written: a reason, a state, a message type.
 * Never a user, an address, an identifier or any other text of a peer. As a last defence a name gets {@value
 * org.ehashpool.kit.metrics.SeriesLimit#MOST} series; what is beyond is not recorded, and counted in {@code
 * ehash_<service>_metrics_series_refused}.
 */
@NullMarked
package org.ehashpool.kit.metrics;

import org.jspecify.annotations.NullMarked;
