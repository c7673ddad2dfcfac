/**
 * Conditions under which proofs may be spent: secrets that say so, locked to keys or to a hash, and the witnesses that
 * unlock them.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/10.md">NUT-10: spending conditions</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/11.md">NUT-11: pay to public key</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/14.md">NUT-14: hashed timelock contracts</a>
 */
@NullMarked
package org.ehashpool.cashu.condition;

import org.jspecify.annotations.NullMarked;
