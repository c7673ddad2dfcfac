@NullMarked
package org.ehashpool.poolstats.earnings;

import org.jspecify.annotations.NullMarked;
