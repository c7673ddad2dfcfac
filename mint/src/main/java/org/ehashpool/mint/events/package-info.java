/** The mint's log: one method per event. */
@NullMarked
package org.ehashpool.mint.events;

import org.jspecify.annotations.NullMarked;
