/**
 * Inputs: their signatures and spending conditions verified, each spent once.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/10.md">NUT-10</a>
 */
@NullMarked
package org.ehashpool.mint.spend;

import org.jspecify.annotations.NullMarked;
