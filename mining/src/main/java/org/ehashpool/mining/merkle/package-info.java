/**
 * Merkle trees over transactions, and the path that joins a coinbase transaction to their root.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/05-Mining-Protocol.md#5316-newextendedminingjob-server---client">
 *     Stratum V2, section 5.3.16</a>
 */
@NullMarked
package org.ehashpool.mining.merkle;

import org.jspecify.annotations.NullMarked;
