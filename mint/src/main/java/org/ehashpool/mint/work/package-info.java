/**
 * Where the mint's work runs: operations on virtual threads, curve work on a thread per processor, both bounded.
 */
@NullMarked
package org.ehashpool.mint.work;

import org.jspecify.annotations.NullMarked;
