@NullMarked
package org.ehashpool.pool.mintlink;

import org.jspecify.annotations.NullMarked;
