/** {@code ./ehash demo}: the suite as separate processes on embedded defaults, working, shown, and stopped cleanly. */
@NullMarked
package org.ehashpool.cli.demo;

import org.jspecify.annotations.NullMarked;
