/**
 * The search for nonces: how the space of a job is divided, hashed on all threads, and what is found is checked.
 *
 * <p>The hashing is plain Java over arrays of nonces side by side, which the JIT compiler turns into vector
 * instructions: see {@link org.ehashpool.miner.hashing.NonceSearch}.
 *
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0323.mediawiki">BIP 323, the version bits to roll</a>
 */
@NullMarked
package org.ehashpool.miner.hashing;

import org.jspecify.annotations.NullMarked;
