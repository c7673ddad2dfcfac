@NullMarked
package org.ehashpool.pool.outbox;

import org.jspecify.annotations.NullMarked;
