/**
 * What a mint answers when it refuses.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/error_codes.md">NUT errors</a>
 */
@NullMarked
package org.ehashpool.cashu.error;

import org.jspecify.annotations.NullMarked;
