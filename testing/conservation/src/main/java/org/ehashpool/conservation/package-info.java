/**
 * Conservation under violence: a whole suite of processes under load, killed and cut by a schedule, and the proof afterwards that
 * every acknowledged share was paid once.
 */
@NullMarked
package org.ehashpool.conservation;

import org.jspecify.annotations.NullMarked;
