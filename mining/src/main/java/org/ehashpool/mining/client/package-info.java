/**
 * The channels of one connection, seen from the client: messages in, effects out. Miners and proxies use it towards the
 * server above them.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/05-Mining-Protocol.md#52-channel">Stratum V2,
 *     sections 5.2 and 5.3</a>
 */
@NullMarked
package org.ehashpool.mining.client;

import org.jspecify.annotations.NullMarked;
