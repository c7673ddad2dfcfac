/** What a farm's operator does with the wallet of a translator, as pages ask for it. */
@NullMarked
package org.ehashpool.statistics.wallet;

import org.jspecify.annotations.NullMarked;
