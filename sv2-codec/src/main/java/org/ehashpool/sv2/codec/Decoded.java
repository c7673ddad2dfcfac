package org.ehashpool.sv2.codec;

import java.util.List;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Tlv;

/**
 * A message that was understood.
 *
 * @param message the message
 * @param tlvs the fields that negotiated extensions appended, in the order they came; each at most once. Fields of
 *     other extensions and fields that this codec does not know were skipped. Read them by {@code
 *     WorkerTracking.userIdentity} and {@code Ehash.lockingKey}.
 */
public record Decoded(Message message, List<Tlv> tlvs) implements Received {
    public Decoded {
        tlvs = List.copyOf(tlvs);
    }
}
