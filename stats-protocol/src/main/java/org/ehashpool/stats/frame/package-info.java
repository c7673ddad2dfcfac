/** Frames: four bytes of length, the most significant first, then that many bytes of UTF-8 JSON. */
@NullMarked
package org.ehashpool.stats.frame;

import org.jspecify.annotations.NullMarked;
