package org.ehashpool.sv2.message;

import java.util.List;
import java.util.Optional;
import org.ehashpool.sv2.type.Text;

/**
 * Extension 0x0002, worker specific hashrate tracking. It has no messages, only the TLV {@code user_identity} on {@link
 * Mining.SubmitSharesExtended}: at most 32 bytes, never padded.
 *
 * @see <a
 *     href="https://github.com/stratum-mining/sv2-spec/blob/main/extensions/0x0002-worker-specific-hashrate-tracking.md">
 *     Extension 0x0002</a>
 */
public final class WorkerTracking {
    /** Its {@code extension_type}. */
    public static final int EXTENSION = 0x0002;

    private WorkerTracking() {}

    /** The TLV that names the worker; more than 32 bytes are refused when it is encoded. */
    public static Tlv userIdentity(Text worker) {
        return new Tlv(TlvField.USER_IDENTITY, worker.bytes());
    }

    /** The worker named in a message's TLVs, if any. */
    public static Optional<Text> userIdentity(List<Tlv> tlvs) {
        return TlvField.USER_IDENTITY.in(tlvs).map(Text::of);
    }
}
