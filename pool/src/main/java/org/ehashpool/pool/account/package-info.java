/** What is counted of a channel and of all: shares, work, hash rate. Plain state of one event loop. */
@NullMarked
package org.ehashpool.pool.account;

import org.jspecify.annotations.NullMarked;
