/**
 * Who may connect, how often and how many at once: connection quotas, connect rates, handshakes in flight, and which
 * proxies are believed when they name the real peer.
 */
@NullMarked
package org.ehashpool.kit.sv2.admission;

import org.jspecify.annotations.NullMarked;
