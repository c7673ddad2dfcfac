/**
 * Every message of the protocol, one file per chapter of the specification, one record per message, in the order of the
 * specification's tables and with its field names. The codec is derived from these declarations, so a record is the
 * whole definition of its message.
 *
 * <p>Sealed interfaces tell the sub-protocol and, below it, the direction. Constructors do not check ranges: a value
 * that its wire width cannot hold is refused when the message is encoded ({@link
 * org.ehashpool.sv2.codec.InvalidMessageException} names message and field).
 *
 * @see <a href="https://github.com/stratum-mining/sv2-spec/blob/main/08-Message-Types.md">Message types, section 8</a>
 */
@NullMarked
package org.ehashpool.sv2.message;

import org.jspecify.annotations.NullMarked;
