/**
 * Subscriptions over WebSockets.
 *
 * <p>A wallet that subscribes gets the acknowledgement, then the present state of each thing it named, then every change
 * of it, each state once and in their order. Changes come from the commits of this process; what other processes of the
 * mint commit is looked for now and then. A wallet that does not read is dropped; it may connect and subscribe again,
 * and misses nothing, for it is told the present state.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/17.md">NUT-17</a>
 */
@NullMarked
package org.ehashpool.mint.api.socket;

import org.jspecify.annotations.NullMarked;
