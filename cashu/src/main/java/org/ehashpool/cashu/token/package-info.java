/**
 * Tokens: ecash as text or bytes that one hands to another. Version 3 is JSON, version 4 CBOR.
 *
 * <p>A token is as good as cash: nothing of it is ever logged, and no error repeats any of it.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/00.md#serialization-of-tokens">NUT-00</a>
 */
@NullMarked
package org.ehashpool.cashu.token;

import org.jspecify.annotations.NullMarked;
