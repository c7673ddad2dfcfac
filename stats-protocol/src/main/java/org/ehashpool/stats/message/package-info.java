/** The messages of the statistics protocol, and their JSON. */
@NullMarked
package org.ehashpool.stats.message;

import org.jspecify.annotations.NullMarked;
