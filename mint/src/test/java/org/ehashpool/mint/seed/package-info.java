@NullMarked
package org.ehashpool.mint.seed;

import org.jspecify.annotations.NullMarked;
