/** The operator's log of a statistics service. Never a token. */
@NullMarked
package org.ehashpool.statistics.events;

import org.jspecify.annotations.NullMarked;
