package org.ehashpool.sv2.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;

/**
 * What a mint signs in {@link MintQuote.MintIdentify}: the BIP 340 tagged hash {@code ehash/mint-identify/1} of the
 * handshake hash and the SHA-256 of {@code mint_url} and {@code units} as they stand in the message, lengths and count
 * included. The handshake hash is of one connection and one certificate, so that the signature is of no use on another.
 */
public final class MintIdentity {
    private static final String TAG = "ehash/mint-identify/1";

    private MintIdentity() {}

    /**
     * The 32 bytes to be signed.
     *
     * @param handshakeHash h after act 2, 32 bytes
     * @throws IllegalArgumentException if a text or the list is too long for the message
     */
    public static byte[] signedHash(Bytes handshakeHash, Text mintUrl, List<Text> units) {
        MessageDigest offer = sha256();
        update(offer, mintUrl);
        offer.update(length(units.size(), "units"));
        units.forEach(unit -> update(offer, unit));

        byte[] tag = sha256().digest(TAG.getBytes(StandardCharsets.US_ASCII));
        MessageDigest tagged = sha256();
        tagged.update(tag);
        tagged.update(tag);
        tagged.update(handshakeHash.toByteArray());
        return tagged.digest(offer.digest());
    }

    private static void update(MessageDigest digest, Text text) {
        digest.update(length(text.length(), "bytes of a text"));
        digest.update(text.bytes().toByteArray());
    }

    private static byte length(int length, String what) {
        if (length > 0xff) {
            throw new IllegalArgumentException("at most 255 " + what + ", not " + length);
        }
        return (byte) length;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
