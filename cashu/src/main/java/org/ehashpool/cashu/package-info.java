/**
 * Cashu as values, pure: blind signatures, keysets, proofs, spending conditions, quotes and tokens; no I/O, no clock, no
 * randomness of its own.
 *
 * @see <a href="https://github.com/cashubtc/nuts">Cashu NUTs</a>
 */
@NullMarked
package org.ehashpool.cashu;

import org.jspecify.annotations.NullMarked;
