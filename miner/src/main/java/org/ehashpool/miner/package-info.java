/** The miner: hashes on processors for any pool, or submits prepared shares to measure one. */
@NullMarked
package org.ehashpool.miner;

import org.jspecify.annotations.NullMarked;
