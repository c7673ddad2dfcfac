/**
 * Miners that are paid by their own blocks: what a user identity says of it. The patterns are those of the reference
 * implementation's pool, so that firmware and proxies made for it work here.
 */
@NullMarked
package org.ehashpool.pool.solo;

import org.jspecify.annotations.NullMarked;
