/**
 * Who a server is: the authority's keys and their text forms (4.7), and the certificate by which the authority vouches
 * for a server's static key (4.5.3).
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/04-Protocol-Security.md#453-server-authentication">Stratum
 *     V2, 4.5.3</a>
 */
@NullMarked
package org.ehashpool.noise.certificate;

import org.jspecify.annotations.NullMarked;
