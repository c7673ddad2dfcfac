/**
 * The encrypted session of Stratum V2: {@code Noise_NX_Secp256k1+EllSwift_ChaChaPoly_SHA256}.
 *
 * <p>Pure: no I/O, no clock, no randomness of its own. The sub-packages follow the chapters of the specification: the
 * curve (4.3.1), the server's certificate and its authority (4.5.3, 4.7), the handshake (4.5) and the encrypted frames
 * (4.6). This package holds what they share.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/04-Protocol-Security.md">Stratum V2, chapter 4</a>
 */
@NullMarked
package org.ehashpool.noise;

import org.jspecify.annotations.NullMarked;
