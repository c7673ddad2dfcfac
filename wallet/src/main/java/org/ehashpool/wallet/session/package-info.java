/** Trusted mints, with what has been learnt of them and checked: their public keys and keysets. */
@NullMarked
package org.ehashpool.wallet.session;

import org.jspecify.annotations.NullMarked;
