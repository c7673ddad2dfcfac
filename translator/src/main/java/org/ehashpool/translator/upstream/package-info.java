/**
 * The Stratum V2 half of a translator: the pools that give work, and what they think of the shares.
 *
 * <p>{@link org.ehashpool.translator.upstream.Upstreams} keeps a connection to the most preferred pool that works and is
 * the {@link org.ehashpool.translator.work.WorkSource} of the other half. A connection's whole protocol is in {@link
 * org.ehashpool.translator.upstream.UpstreamSession}, which does no I/O and reads no clock; its channels judge and
 * account shares. Places outlive connections. Everything happens on one event loop.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/05-Mining-Protocol.md">Stratum V2, mining protocol</a>
 */
@NullMarked
package org.ehashpool.translator.upstream;

import org.jspecify.annotations.NullMarked;
