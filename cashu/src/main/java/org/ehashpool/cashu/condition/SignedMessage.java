package org.ehashpool.cashu.condition;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.curve.Curve;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.Proof;

/** What keys sign to unlock inputs; the signature is BIP 340's on the SHA-256 of the text's UTF-8. */
public final class SignedMessage {
    private final String text;

    private SignedMessage(String text) {
        this.text = text;
    }

    /** {@link SigFlag#SIG_INPUTS}: "The secret field is signed as a string". */
    public static SignedMessage ofInput(Proof input) {
        return new SignedMessage(input.secret());
    }

    /**
     * {@link SigFlag#SIG_ALL}: {@code secret_0 || C_0 || … || amount_0 || B_0 || … || quote_id}.
     *
     * @param quote of a melt; empty for a swap
     */
    public static SignedMessage ofAll(List<Proof> inputs, List<BlindedMessage> outputs, Optional<String> quote) {
        StringBuilder text = new StringBuilder();
        for (Proof input : inputs) {
            text.append(input.secret()).append(input.point());
        }
        for (BlindedMessage output : outputs) {
            text.append(output.amount()).append(output.point());
        }
        quote.ifPresent(text::append);
        return new SignedMessage(text.toString());
    }

    /** The text that is hashed. It holds secrets. */
    public String text() {
        return text;
    }

    /** The 32 bytes that are signed. */
    public byte[] digest() {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A key's signature for a {@link Witness}, in hex.
     *
     * @param randomness 32 fresh bytes
     */
    public String sign(SecretKey key, byte[] randomness) {
        return HexFormat.of().formatHex(key.apply(secret -> Curve.get().sign(secret, digest(), randomness)));
    }

    static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Without the text. */
    @Override
    public String toString() {
        return "SignedMessage";
    }
}
