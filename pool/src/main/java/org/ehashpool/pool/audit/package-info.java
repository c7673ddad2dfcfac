/**
 * What an auditor is shown: the orders of quotes, one by one, and the ledger's sums beside the rows that they sum up.
 * Reads only.
 */
@NullMarked
package org.ehashpool.pool.audit;

import org.jspecify.annotations.NullMarked;
