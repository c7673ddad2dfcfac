/** What the mint has, as wallets read and write it: over HTTP and over WebSockets alike. */
@NullMarked
package org.ehashpool.mint.api.text;

import org.jspecify.annotations.NullMarked;
