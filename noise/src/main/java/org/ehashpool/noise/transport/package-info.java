/**
 * The cipher after, and within, the handshake: ChaCha20-Poly1305 with a counter (4.4.1) and the encrypted framing of
 * Stratum messages (4.6).
 *
 * <p>Nothing here is thread-safe: a direction of a connection belongs to one thread at a time.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/04-Protocol-Security.md#46-encrypted-stratum-message-framing">Stratum
 *     V2, 4.6</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8439">RFC 8439</a>
 */
@NullMarked
package org.ehashpool.noise.transport;

import org.jspecify.annotations.NullMarked;
