@NullMarked
package org.ehashpool.mint.invoice;

import org.jspecify.annotations.NullMarked;
