/**
 * The pool's statistics under violence: whether they say what the pool's ledger says, and whether mining is slowed by them.
 */
@NullMarked
package org.ehashpool.conservation.statistics;

import org.jspecify.annotations.NullMarked;
