/** What events mean: numbered messages in, changed figures out. No I/O and no clock. */
@NullMarked
package org.ehashpool.statistics.fold;

import org.jspecify.annotations.NullMarked;
