@NullMarked
package org.ehashpool.poolstats;

import org.jspecify.annotations.NullMarked;
