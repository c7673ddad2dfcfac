/**
 * Stratum V2 over TCP, both roles: what a service sees of a connection.
 *
 * <p>{@link org.ehashpool.kit.sv2.Sv2Server} accepts, {@link org.ehashpool.kit.sv2.Sv2Client} dials,
 * {@link org.ehashpool.kit.sv2.Sv2ReconnectingClient} keeps one link to an ordered list of upstreams; all three hand out
 * {@link org.ehashpool.kit.sv2.Sv2Connection}s. There is no plaintext mode. Below this package the link knows bytes and
 * the setup knows the order of messages; neither knows Vert.x.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/03-Protocol-Overview.md">3. Protocol Overview</a>
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/04-Protocol-Security.md">4. Protocol Security</a>
 */
@NullMarked
package org.ehashpool.kit.sv2;

import org.jspecify.annotations.NullMarked;
