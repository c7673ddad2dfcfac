/**
 * What every service with a Stratum V2 port has: its configuration, the authority's key file, the certificate, the
 * address that clients type, and the draining of its connections.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/04-Protocol-Security.md">Stratum V2, section 4</a>
 */
@NullMarked
package org.ehashpool.kit.sv2.port;

import org.jspecify.annotations.NullMarked;
