/**
 * What the mint answers: what was asked for, or why not, in the NUTs' numbers.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/error_codes.md">Error codes</a>
 */
@NullMarked
package org.ehashpool.mint.outcome;

import org.jspecify.annotations.NullMarked;
