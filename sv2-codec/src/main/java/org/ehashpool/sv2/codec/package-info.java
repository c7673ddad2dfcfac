/**
 * Bytes to messages and back. {@link org.ehashpool.sv2.codec.MessageCodec} is the way in; {@link
 * org.ehashpool.sv2.codec.Reception} says what a connection may receive at the moment, {@link
 * org.ehashpool.sv2.codec.Limits} how much of it.
 *
 * <p>The codec of a message is derived from its record once, when it is first needed: the record's components give fields
 * and order, their type annotations the widths, and a hidden class is generated that reads and writes them as
 * hand-written code would.
 *
 * <p>What a peer does wrong is a {@link org.ehashpool.sv2.codec.ProtocolViolationException}, never anything else, and
 * costs memory in proportion to the bytes it sent. What we do wrong is an {@link
 * org.ehashpool.sv2.codec.InvalidMessageException}.
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/03-Protocol-Overview.md#32-framing">Framing,
 *     sections 3.2 to 3.4</a>
 */
@NullMarked
package org.ehashpool.sv2.codec;

import org.jspecify.annotations.NullMarked;
