/** Asks services whether they live. */
@NullMarked
package org.ehashpool.statistics.watch;

import org.jspecify.annotations.NullMarked;
