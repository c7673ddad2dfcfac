/**
 * The mint's public face: the NUTs over HTTP, for wallets.
 *
 * <p>Everything here is reachable by everybody. A request is bounded in size before it is read, in time while it
 * arrives, and in number by its sender's address; what it says is checked completely before the mint is asked. A
 * refusal is "HTTP status code 400" with {@code detail} and {@code code}; 413, 429 and 503 are no answers to what was
 * asked, and the same request may be sent again.
 *
 * @see <a href="https://github.com/cashubtc/nuts">The NUTs</a>
 */
@NullMarked
package org.ehashpool.mint.api;

import org.jspecify.annotations.NullMarked;
