/**
 * The rules of the embedded chain, pure: blocks, coins and the time in, verdicts out.
 *
 * <p>They are Bitcoin's as Bitcoin Core enforces them on regtest, every soft fork active from the first block, and are
 * checked in its order, so that a refusal has its words. Two things differ: the target, which is one for all blocks, and
 * the depth of a reorganisation, which is limited. {@code docs/embedded-chain.md} lists what is checked.
 *
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0022.mediawiki">BIP 22</a>
 */
@NullMarked
package org.ehashpool.templateprovider.chain.consensus;

import org.jspecify.annotations.NullMarked;
