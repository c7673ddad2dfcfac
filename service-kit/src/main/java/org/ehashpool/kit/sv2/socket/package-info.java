/**
 * Stratum V2 on a blocking socket, for tools and tests that must not depend on the network layer they look at.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/04-Protocol-Security.md">4. Protocol Security</a>
 */
@NullMarked
package org.ehashpool.kit.sv2.socket;

import org.jspecify.annotations.NullMarked;
