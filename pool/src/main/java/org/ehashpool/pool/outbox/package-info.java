/**
 * From credits to quotes: every credit of the ledger is bound to one order, every order to one mint, durably, before the
 * mint hears of it; orders are sent until each has its quote. What is not quoted yet is on disk; memory holds no more than
 * what the mints take at a time.
 */
@NullMarked
package org.ehashpool.pool.outbox;

import org.jspecify.annotations.NullMarked;
