/**
 * Lightning invoices, as far as the test profile needs them: written so that strict readers take them, read for what
 * they ask for. Nobody is paid.
 *
 * @see <a href="https://github.com/lightning/bolts/blob/master/11-payment-encoding.md">BOLT 11</a>
 */
@NullMarked
package org.ehashpool.mint.invoice;

import org.jspecify.annotations.NullMarked;
