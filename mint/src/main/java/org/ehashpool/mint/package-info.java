/** A Cashu mint: signs ecash for quotes that are paid, once. */
@NullMarked
package org.ehashpool.mint;

import org.jspecify.annotations.NullMarked;
