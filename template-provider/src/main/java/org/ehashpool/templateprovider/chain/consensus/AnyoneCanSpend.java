package org.ehashpool.templateprovider.chain.consensus;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.ehashpool.sv2.type.Bytes;

/** The owner of the chain's own coins: P2WSH of the script {@code OP_TRUE}, which every node accepts from anyone. */
public final class AnyoneCanSpend {
    /** The witness script. */
    public static final Bytes WITNESS_SCRIPT = Bytes.of((byte) 0x51);

    /** The locking script. */
    public static final Bytes SCRIPT = Bytes.concat(Bytes.of((byte) 0, (byte) 32), sha256(WITNESS_SCRIPT));

    /** The witness that spends it. */
    public static final List<Bytes> WITNESS = List.of(WITNESS_SCRIPT);

    private AnyoneCanSpend() {}

    private static Bytes sha256(Bytes source) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(source.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
