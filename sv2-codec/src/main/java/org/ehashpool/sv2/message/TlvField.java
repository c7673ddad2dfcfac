package org.ehashpool.sv2.message;

import java.util.List;
import java.util.Optional;
import org.ehashpool.sv2.type.Bytes;

/**
 * A TLV field that this codec knows. "If a TLV field exceeds the maximum length allowed by its specification, the
 * recipient MUST reject the message." (section 3.4.3)
 */
public enum TlvField {
    /** {@link WorkerTracking}: the worker behind a share of an extended channel, UTF-8. */
    USER_IDENTITY(WorkerTracking.EXTENSION, 0x01, "user_identity", 32),
    /** {@link Ehash}: the compressed secp256k1 key that a share's quote is locked to. */
    LOCKING_KEY(Ehash.EXTENSION, 0x01, "locking_key", 33);

    private static final TlvField[] VALUES = values();

    private final int extension;
    private final int number;
    private final String wireName;
    private final int maximumLength;

    TlvField(int extension, int number, String wireName, int maximumLength) {
        this.extension = extension;
        this.number = number;
        this.wireName = wireName;
        this.maximumLength = maximumLength;
    }

    /** The {@code extension_type} that defines the field: it must be negotiated. */
    public int extension() {
        return extension;
    }

    /** The {@code field_type} within the extension. */
    public int number() {
        return number;
    }

    /** The field's name in its extension. */
    public String wireName() {
        return wireName;
    }

    /** The most bytes that its value may have. */
    public int maximumLength() {
        return maximumLength;
    }

    /** The value of this field in a message's TLVs, if it is there. */
    public Optional<Bytes> in(List<Tlv> tlvs) {
        for (Tlv tlv : tlvs) {
            if (tlv.field() == this) {
                return Optional.of(tlv.value());
            }
        }
        return Optional.empty();
    }

    /** The field of that extension and number, if this codec knows it. */
    public static Optional<TlvField> of(int extension, int number) {
        for (TlvField field : VALUES) {
            if (field.extension == extension && field.number == number) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }
}
