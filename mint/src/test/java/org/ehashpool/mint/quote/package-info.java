@NullMarked
package org.ehashpool.mint.quote;

import org.jspecify.annotations.NullMarked;
