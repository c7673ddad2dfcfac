/** Partitions, made ahead and dropped in time. */
@NullMarked
package org.ehashpool.statistics.retention;

import org.jspecify.annotations.NullMarked;
