package org.ehashpool.kit.sv2.link;

import java.util.List;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Tlv;

/**
 * A message on its way out with fields of extensions behind it; a message without any needs no wrapping.
 *
 * @param message the message
 * @param tlvs the fields
 */
public record OutboundMessage(Message message, List<Tlv> tlvs) {
    public OutboundMessage {
        tlvs = List.copyOf(tlvs);
    }
}
