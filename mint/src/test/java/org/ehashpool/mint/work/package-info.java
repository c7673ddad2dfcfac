/** Tests of how work is shared out. */
@NullMarked
package org.ehashpool.mint.work;

import org.jspecify.annotations.NullMarked;
