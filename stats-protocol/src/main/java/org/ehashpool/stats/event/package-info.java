/** What can happen to a service, as values. */
@NullMarked
package org.ehashpool.stats.event;

import org.jspecify.annotations.NullMarked;
