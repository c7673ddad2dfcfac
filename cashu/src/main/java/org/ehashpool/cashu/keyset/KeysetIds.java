package org.ehashpool.cashu.keyset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.ehashpool.cashu.point.PublicKey;

/** How the ids of NUT-02 are made. */
final class KeysetIds {

    private KeysetIds() {}

    /** SHA-256 of the keys' 33 bytes, in the order of their amounts. */
    static KeysetId version1(PublicKeys keys) {
        MessageDigest sha256 = sha256();
        for (PublicKey key : keys.byAmount().values()) {
            sha256.update(key.toBytes());
        }
        return id(KeysetId.Version.V1, sha256.digest());
    }

    /**
     * SHA-256 of {@code 1:<key>,2:<key>,…|unit:<unit>}, then {@code |input_fee_ppk:<fee>} unless it is 0, then {@code
     * |final_expiry:<seconds>} if there is one.
     */
    static KeysetId version2(PublicKeys keys, String unit, long inputFeePpk, OptionalLong finalExpiry) {
        StringBuilder text = new StringBuilder(keys.byAmount().entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(",")));
        text.append("|unit:").append(unit.toLowerCase(Locale.ROOT));
        if (inputFeePpk != 0) {
            text.append("|input_fee_ppk:").append(inputFeePpk);
        }
        finalExpiry.ifPresent(seconds -> text.append("|final_expiry:").append(seconds));
        return id(KeysetId.Version.V2, sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static KeysetId id(KeysetId.Version version, byte[] hash) {
        byte[] bytes = new byte[version.length()];
        bytes[0] = version.prefix();
        System.arraycopy(hash, 0, bytes, 1, bytes.length - 1);
        return KeysetId.of(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
