/** See the module's description. */
@NullMarked
package org.ehashpool.benchmarks;

import org.jspecify.annotations.NullMarked;
