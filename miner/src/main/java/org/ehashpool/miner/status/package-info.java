/** What a run of the miner came to: counted on any thread, shown as a line or as JSON. */
@NullMarked
package org.ehashpool.miner.status;

import org.jspecify.annotations.NullMarked;
