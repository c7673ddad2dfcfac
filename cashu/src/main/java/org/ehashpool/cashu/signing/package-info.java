/**
 * A keyset's secret half, at the mint: keys derived from a seed, signatures with their proofs, and what they verify.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/02.md">NUT-02: Keysets and fees</a>
 */
@NullMarked
package org.ehashpool.cashu.signing;

import org.jspecify.annotations.NullMarked;
