/** Statistics under load: events into the running service, an outage of it, and its pages on a large database. */
@NullMarked
package org.ehashpool.benchmarks.stats;

import org.jspecify.annotations.NullMarked;
