/**
 * The mint's tables and the statements on them. Nothing here decides; every method is part of a transaction that
 * somebody else began.
 *
 * <p>Locks are taken in one order, so that no two transactions wait for each other: the mint's own lock
 * ({@link org.ehashpool.mint.store.StatusTable}), a unit's, quotes by id, proofs by Y, signatures by blinded message.
 */
@NullMarked
package org.ehashpool.mint.store;

import org.jspecify.annotations.NullMarked;
