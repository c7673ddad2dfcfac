package org.ehashpool.cashu.curve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** BIP 340's tagged hash: SHA-256 of the tag's hash, twice, and the message. */
final class TaggedHash {

    private final byte[] tag;

    TaggedHash(String tag) {
        this.tag = sha256().digest(tag.getBytes(StandardCharsets.US_ASCII));
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
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
