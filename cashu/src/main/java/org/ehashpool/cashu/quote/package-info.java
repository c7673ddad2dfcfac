/**
 * Quotes for minting: their counters, and who may mint from them.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/04.md">NUT-04</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/20.md">NUT-20</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/29.md">NUT-29</a>
 * @see <a href="https://github.com/cashubtc/nuts/pull/341">NUT-XX, lookup by public key: a draft</a>
 */
@NullMarked
package org.ehashpool.cashu.quote;

import org.jspecify.annotations.NullMarked;
