/**
 * Keysets: a key for each power of two, what they are called, what spending costs, and how a mint derives them.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/01.md">NUT-01</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/02.md">NUT-02</a>
 */
@NullMarked
package org.ehashpool.cashu.keyset;

import org.jspecify.annotations.NullMarked;
