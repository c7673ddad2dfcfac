/** Relays what is done on the wallet's pages to the wallet of a translator, by its HTTP API. */
@NullMarked
package org.ehashpool.proxystats.wallet;

import org.jspecify.annotations.NullMarked;
