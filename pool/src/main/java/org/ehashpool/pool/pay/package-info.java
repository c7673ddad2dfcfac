/** What a share is worth, in exact integers. */
@NullMarked
package org.ehashpool.pool.pay;

import org.jspecify.annotations.NullMarked;
