/** {@code ./ehash pool}: the operator's commands to a running pool, over its management port. */
@NullMarked
package org.ehashpool.cli.pool;

import org.jspecify.annotations.NullMarked;
