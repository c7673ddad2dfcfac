package org.ehashpool.sv2.message;

import org.ehashpool.sv2.type.Bytes;

/**
 * A field that an extension appends to a message of another (section 3.4.3).
 *
 * @param field which field it is
 * @param value its value, without the length
 */
public record Tlv(TlvField field, Bytes value) {}
