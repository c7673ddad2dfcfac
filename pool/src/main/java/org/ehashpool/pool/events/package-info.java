/** What the operator reads in the pool's log. */
@NullMarked
package org.ehashpool.pool.events;

import org.jspecify.annotations.NullMarked;
