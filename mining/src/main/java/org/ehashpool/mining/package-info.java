/**
 * Mining as values, pure: messages and time in, values and effects out; no I/O, no clock, no randomness of its own.
 *
 * <ul>
 *   <li>{@link org.ehashpool.mining.difficulty}: targets, compact bits, difficulty, work, hash rate;
 *   <li>{@link org.ehashpool.mining.hash}: double SHA-256 on reusable buffers;
 *   <li>{@link org.ehashpool.mining.transaction}, {@link org.ehashpool.mining.merkle}, {@link
 *       org.ehashpool.mining.header}: the consensus serialisations a pool needs, blocks included;
 *   <li>{@link org.ehashpool.mining.coinbase}: payout scripts, and the coinbase transaction around an extranonce;
 *   <li>{@link org.ehashpool.mining.extranonce}: prefixes that never overlap;
 *   <li>{@link org.ehashpool.mining.job}: jobs as immutable snapshots, and which of them are valid;
 *   <li>{@link org.ehashpool.mining.share}: validation of shares, duplicates, acknowledgement;
 *   <li>{@link org.ehashpool.mining.vardiff}: share difficulty that follows a miner's hash rate;
 *   <li>{@link org.ehashpool.mining.server}, {@link org.ehashpool.mining.client}: the channels of one connection, seen
 *       from either end.
 * </ul>
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/05-Mining-Protocol.md">Stratum V2, chapter 5:
 *     Mining Protocol</a>
 */
@NullMarked
package org.ehashpool.mining;

import org.jspecify.annotations.NullMarked;
