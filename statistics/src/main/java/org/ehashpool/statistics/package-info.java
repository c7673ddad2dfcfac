/**
 * What {@code pool-stats} and {@code proxy-stats} share: events are taken, kept in Postgres together with the figures that
 * they change, and the figures are shown. {@code docs/stats.md} tells how senders and receivers talk.
 */
@NullMarked
package org.ehashpool.statistics;

import org.jspecify.annotations.NullMarked;
