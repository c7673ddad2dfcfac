/** Processes that somebody else wrote: what they print, and that nothing of them is left. */
@NullMarked
package org.ehashpool.cli.interop.peer;

import org.jspecify.annotations.NullMarked;
