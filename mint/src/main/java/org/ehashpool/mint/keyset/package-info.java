/**
 * Keysets with their keys, as this process knows them.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/02.md">NUT-02</a>
 */
@NullMarked
package org.ehashpool.mint.keyset;

import org.jspecify.annotations.NullMarked;
