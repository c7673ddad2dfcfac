/**
 * The transactions of swaps and of minting. What is asked for at the same time shares them: a look at what is known, and
 * the one that counts, in which each operation is done as a whole or not at all, whatever becomes of the others.
 */
@NullMarked
package org.ehashpool.mint.commit;

import org.jspecify.annotations.NullMarked;
