/**
 * A Cashu wallet for ehash, as a library: it finds the quotes of its keys at the mints it trusts, mints from them, and
 * keeps, sends and receives the ecash. Ehash cannot yet be exchanged for bitcoin.
 *
 * <p>Everything here waits for databases and mints: call it on threads that may wait, never on an event loop.
 */
@NullMarked
package org.ehashpool.wallet;

import org.jspecify.annotations.NullMarked;
