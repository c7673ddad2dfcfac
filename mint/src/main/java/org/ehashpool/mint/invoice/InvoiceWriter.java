package org.ehashpool.mint.invoice;

import fr.acinq.bitcoin.Bech32;
import fr.acinq.bitcoin.ByteVector32;
import fr.acinq.bitcoin.ByteVector64;
import fr.acinq.bitcoin.Crypto;
import fr.acinq.bitcoin.PrivateKey;
import fr.acinq.bitcoin.PublicKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import org.ehashpool.cashu.amount.Amount;

/** Writes invoices of a node that there is not, signed with a key that is thrown away. Thread-safe. */
public final class InvoiceWriter {

    /** The most bitcoin there will ever be, in satoshis. */
    public static final Amount MOST = Amount.of(2_100_000_000_000_000L);

    private static final String BITCOIN = "lnbc";
    private static final int TIMESTAMP_WORDS = 7;
    private static final int PAYMENT_HASH = 1;
    private static final int PAYMENT_SECRET = 16;
    private static final int DESCRIPTION = 13;
    private static final int EXPIRY = 6;
    private static final int FINAL_DELTA = 24;
    private static final int FEATURES = 5;
    private static final int EXPIRY_WORDS = 4;
    private static final int FINAL_DELTA_BLOCKS = 18;
    /** "payment_secret" and "var_onion_optin", both required. */
    private static final int FEATURE_BITS = (1 << 14) | (1 << 8);

    private static final int FEATURE_WORDS = 3;
    private static final int HASH_LENGTH = 32;
    private static final int SIGNATURE_LENGTH = 64;
    /** The data part's length of a description is at most 1023 words. */
    private static final int LONGEST_DESCRIPTION = 639;

    private final SecureRandom random;
    private final PrivateKey key;
    private final PublicKey node;

    public InvoiceWriter(SecureRandom random) {
        this.random = random;
        byte[] secret = bytes();
        while (!Crypto.isPrivKeyValid(secret)) {
            secret = bytes();
        }
        key = new PrivateKey(secret);
        node = key.publicKey();
    }

    /** The key that readers find in the invoices' signatures. */
    PublicKey node() {
        return node;
    }

    /**
     * An invoice that no other is like.
     *
     * @param amount in satoshis, from 1 to {@link #MOST}
     * @param description for people; cut off where it is too long for an invoice
     * @param expirySeconds after {@code now}
     */
    public String write(Amount amount, String description, Instant now, long expirySeconds) {
        if (amount.isZero() || amount.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("an invoice is for 1 to " + MOST + " satoshis");
        }
        // One satoshi is ten nano-bitcoin.
        String prefix = BITCOIN + amount + "0n";
        byte[] data = new Words()
                .number(now.getEpochSecond(), TIMESTAMP_WORDS)
                .field(PAYMENT_HASH, new Words().bytes(bytes()))
                .field(PAYMENT_SECRET, new Words().bytes(bytes()))
                .field(DESCRIPTION, new Words().bytes(shortened(description)))
                .field(EXPIRY, new Words().number(expirySeconds, EXPIRY_WORDS))
                .field(FINAL_DELTA, new Words().number(FINAL_DELTA_BLOCKS, 1))
                .field(FEATURES, new Words().number(FEATURE_BITS, FEATURE_WORDS))
                .toArray();
        byte[] signature = sign(digest(prefix, data));
        byte[] signed = new Words().bytes(signature).toArray();
        Byte[] words = new Byte[data.length + signed.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = i < data.length ? data[i] : signed[i - data.length];
        }
        return Bech32.encode(prefix, words, Bech32.Encoding.Bech32);
    }

    /** "SHA-256 of the human-readable part … concatenated with the data part (… with 0 bits appended to pad …)" */
    private static byte[] digest(String prefix, byte[] data) {
        byte[] head = prefix.getBytes(StandardCharsets.US_ASCII);
        byte[] tail = Words.toBytes(data, 0, data.length, true);
        byte[] message = new byte[head.length + tail.length];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(tail, 0, message, head.length, tail.length);
        return Crypto.sha256(message);
    }

    /** 64 bytes, and one that says which of the keys that fit is the node's. */
    private byte[] sign(byte[] digest) {
        ByteVector64 signature = Crypto.sign(new ByteVector32(digest), key);
        // Two keys fit; that four do needs a coordinate that nobody has ever seen.
        boolean first = Crypto.recoverPublicKey(signature, digest, 0).equals(node);
        byte[] signed = Arrays.copyOf(signature.toByteArray(), SIGNATURE_LENGTH + 1);
        signed[SIGNATURE_LENGTH] = (byte) (first ? 0 : 1);
        return signed;
    }

    private static byte[] shortened(String description) {
        byte[] bytes = description.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, LONGEST_DESCRIPTION);
        // Not within a character.
        while (length < bytes.length && (bytes[length] & 0xc0) == 0x80) {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[HASH_LENGTH];
        random.nextBytes(bytes);
        return bytes;
    }
}
