/**
 * The figures that pages, API and exports show: each is asked for in one place, and means the same wherever it is shown.
 * Queries over the tables of the statistics in, immutable records out.
 */
@NullMarked
package org.ehashpool.statistics.figures;

import org.jspecify.annotations.NullMarked;
