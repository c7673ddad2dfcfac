/** Blocks that miners found: submitted before anything else, kept, and followed until they are confirmed or orphaned. */
@NullMarked
package org.ehashpool.pool.block;

import org.jspecify.annotations.NullMarked;
