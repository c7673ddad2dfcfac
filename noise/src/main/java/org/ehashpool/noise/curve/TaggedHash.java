package org.ehashpool.noise.curve;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA256(SHA256(tag) ‖ SHA256(tag) ‖ …), the tagged hash of BIP 340. */
final class TaggedHash {
    private final byte[] tag;

    TaggedHash(String name) {
        tag = sha256().digest(name.getBytes(US_ASCII));
    }

    byte[] of(byte[]... parts) {
        MessageDigest digest = sha256();
        digest.update(tag);
        digest.update(tag);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
