/**
 * The channels of one connection, seen from the server: messages and time in, effects out. A pool uses it towards its
 * miners, a job declaration client towards its own.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/05-Mining-Protocol.md#52-channel">Stratum V2,
 *     sections 5.2 and 5.3</a>
 */
@NullMarked
package org.ehashpool.mining.server;

import org.jspecify.annotations.NullMarked;
