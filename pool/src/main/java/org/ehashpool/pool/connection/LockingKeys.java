package org.ehashpool.pool.connection;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.cashu.curve.Curve;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;

/** Tells keys that can be paid from bytes that cannot, and remembers some of those seen last. For one event loop. */
final class LockingKeys {
    private static final int REMEMBERED = 4_096;
    private static final int HEX_LENGTH = 2 * Ehash.LOCKING_KEY_LENGTH;

    private final Map<Bytes, Boolean> valid = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Whether these are the bytes of a compressed point of secp256k1. */
    boolean isPoint(Bytes key) {
        if (key.length() != Ehash.LOCKING_KEY_LENGTH) {
            return false;
        }
        Boolean known = valid.get(key);
        if (known == null) {
            known = Curve.get().decompress(key.toByteArray()) != null;
            valid.put(key, known);
        }
        return known;
    }

    /** The key in a user_identity of the form {@code <66 hex digits>[.worker]}, a point or not. */
    static Optional<Bytes> inIdentity(Text userIdentity) {
        Bytes bytes = userIdentity.bytes();
        if (bytes.length() < HEX_LENGTH || (bytes.length() > HEX_LENGTH && bytes.get(HEX_LENGTH) != '.')) {
            return Optional.empty();
        }
        byte[] key = new byte[Ehash.LOCKING_KEY_LENGTH];
        for (int i = 0; i < key.length; i++) {
            int high = Character.digit(bytes.get(2 * i), 16);
            int low = Character.digit(bytes.get(2 * i + 1), 16);
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            key[i] = (byte) (high << 4 | low);
        }
        return Optional.of(Bytes.of(key));
    }
}
