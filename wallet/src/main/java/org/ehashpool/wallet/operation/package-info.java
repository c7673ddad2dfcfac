/**
 * What moves ecash. Each operation is written down with its inputs and outputs in one transaction, before a mint is
 * asked; a second transaction takes the answer. Between them anything may fail: the same outputs are sent again, and a
 * mint that has signed them already gives the same signatures.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/03.md">NUT-03: swap</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/09.md">NUT-09: restore signatures</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/13.md">NUT-13: deterministic secrets</a>
 */
@NullMarked
package org.ehashpool.wallet.operation;

import org.jspecify.annotations.NullMarked;
