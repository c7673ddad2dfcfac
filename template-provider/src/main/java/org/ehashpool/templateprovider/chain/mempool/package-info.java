/**
 * Transactions that wait for a block: the pool they wait in, the choice among them, and a source of them.
 */
@NullMarked
package org.ehashpool.templateprovider.chain.mempool;

import org.jspecify.annotations.NullMarked;
