/** A share ledger on a database, opened as a pool opens it, for what measures it or fills it. */
@NullMarked
package org.ehashpool.benchmarks.ledger;

import org.jspecify.annotations.NullMarked;
