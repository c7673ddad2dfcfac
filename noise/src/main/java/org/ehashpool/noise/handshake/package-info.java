/**
 * The handshake {@code Noise_NX_Secp256k1+EllSwift_ChaChaPoly_SHA256} of 4.5, for both sides.
 *
 * <p>Pure functions: bytes, randomness and time go in; bytes, and in the end an {@link
 * org.ehashpool.noise.handshake.Established} session, come out. They take some tens of microseconds each and may run on any thread, best not
 * on an event loop.
 *
 * <pre>
 * initiator                                             responder
 * Initiator.start  ── act 1, 64 bytes ──▶   Responder.respond
 * AwaitingAct2.finish ◀── act 2, 234 bytes ──   Established
 * Established
 * </pre>
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/04-Protocol-Security.md#45-authenticated-key-agreement-handshake">Stratum
 *     V2, 4.5</a>
 */
@NullMarked
package org.ehashpool.noise.handshake;

import org.jspecify.annotations.NullMarked;
