/**
 * The bytes of one Stratum V2 connection as Netty handlers: PROXY header, Noise handshake, frames, messages, deadlines.
 *
 * <p>No handler knows Vert.x or a service: the same pipeline runs in an {@code EmbeddedChannel}, with or without the
 * cipher. A handler never buffers what its peer has not paid for: lengths are checked before bytes are kept.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/04-Protocol-Security.md">4. Protocol Security</a>
 */
@NullMarked
package org.ehashpool.kit.sv2.link;

import org.jspecify.annotations.NullMarked;
