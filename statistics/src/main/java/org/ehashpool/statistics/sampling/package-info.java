/** Zeros for the minutes of those who were quiet, and the figures of hours and days. */
@NullMarked
package org.ehashpool.statistics.sampling;

import org.jspecify.annotations.NullMarked;
