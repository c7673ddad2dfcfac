/** The translator's own wallet: claims the ehash of miners whose names are no keys, away from the mining path. */
@NullMarked
package org.ehashpool.translator.purse;

import org.jspecify.annotations.NullMarked;
