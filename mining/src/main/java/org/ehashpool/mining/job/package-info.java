/**
 * Jobs: what miners work on, as immutable snapshots that connections share, and which of them are valid.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/05-Mining-Protocol.md#51-job">Stratum V2, section
 *     5.1</a>
 */
@NullMarked
package org.ehashpool.mining.job;

import org.jspecify.annotations.NullMarked;
