package org.ehashpool.fuzz;

import org.ehashpool.sv2.codec.Extensions;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.Limits;
import org.ehashpool.sv2.codec.MessageCodec;
import org.ehashpool.sv2.codec.Reception;
import org.ehashpool.sv2.codec.Sender;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.sv2.type.Bytes;

/** A share with arbitrary bytes where its TLVs would be: the same property as for any message. */
final class TlvTailProperty implements Property {
    private static final SubmitSharesExtended SHARE =
            new SubmitSharesExtended(1, 2, 3, 4, 5, 6, Bytes.fromHex("0102030405060708"));

    private static final Reception RECEPTION = Reception.setup(Sender.CLIENT, Limits.DEFAULT)
            .established(Protocol.MINING)
            .negotiated(Extensions.of(WorkerTracking.EXTENSION, Ehash.EXTENSION));

    @Override
    public void check(byte[] tail) {
        int length = MessageCodec.encodedLength(SHARE);
        byte[] payload = new byte[length + tail.length];
        MessageCodec.encode(SHARE, payload, 0);
        System.arraycopy(tail, 0, payload, length, tail.length);
        if (payload.length > FrameHeader.MAXIMUM_PAYLOAD) {
            return;
        }
        MessageProperty.check(RECEPTION, MessageCodec.header(SHARE, payload.length), payload);
    }
}
