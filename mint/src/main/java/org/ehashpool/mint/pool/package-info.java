/**
 * The mint's side of its links to pools: it dials every pool of its list, proves who it is, and makes the quotes that are
 * ordered, many in one transaction, each answered when it is durable.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/03-Protocol-Overview.md">Stratum V2, 3</a>
 */
@NullMarked
package org.ehashpool.mint.pool;

import org.jspecify.annotations.NullMarked;
