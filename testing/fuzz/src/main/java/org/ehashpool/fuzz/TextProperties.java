package org.ehashpool.fuzz;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.AuthorityPublicKey;
import org.ehashpool.noise.certificate.Sv2Url;

/** What people type: authority keys and URLs. It is read and written back the same, or refused in one sentence. */
final class TextProperties {
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /** Shorter texts are found in any sentence. */
    private static final int QUOTED_SECRET = 12;

    private TextProperties() {}

    /** Input: a byte; if even, the text as it is, otherwise bytes that get their checksum here. */
    static void authorityKey(byte[] input) {
        FuzzInput in = new FuzzInput(input);
        String text = (in.u8() & 1) == 0 ? text(in) : base58Check(in.rest());
        try {
            AuthorityPublicKey key = AuthorityPublicKey.parse(text, Parties.CURVE);
            Property.require(key.toString().equals(text), () -> text + " became " + key);
        } catch (IllegalArgumentException e) {
            checkSentence(e);
        }
        try (AuthorityKeyPair pair = AuthorityKeyPair.parseSecret(text, Parties.CURVE)) {
            Property.require(pair.exportSecret().equals(text), () -> "a secret key is written differently");
        } catch (IllegalArgumentException e) {
            checkSentence(e);
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                String message = String.valueOf(cause.getMessage());
                Property.require(
                        text.length() < QUOTED_SECRET || !message.contains(text), () -> "the secret is repeated");
            }
        }
    }

    /** Input: a byte; if even, the text as it is, otherwise what stands between the scheme and a good key. */
    static void url(byte[] input) {
        FuzzInput in = new FuzzInput(input);
        String text =
                (in.u8() & 1) == 0 ? text(in) : "stratum2+tcp://" + text(in) + "/" + Parties.AUTHORITY.publicKey();
        Sv2Url url;
        try {
            url = Sv2Url.parse(text, Parties.CURVE);
        } catch (IllegalArgumentException e) {
            checkSentence(e);
            return;
        }
        Property.require(Sv2Url.parse(url.toString(), Parties.CURVE).equals(url), () -> text + " is read as " + url);
        Property.require(
                url.port() >= 1 && url.port() <= 0xffff && url.host().chars().allMatch(c -> c > ' ' && c < 0x7f),
                () -> "host \"" + url.host() + "\", port " + url.port());
    }

    private static String text(FuzzInput in) {
        return new String(in.rest(), StandardCharsets.UTF_8);
    }

    private static void checkSentence(IllegalArgumentException refusal) {
        String message = String.valueOf(refusal.getMessage());
        Property.require(message.length() > 10 && message.length() < 2_000, () -> "no sentence: \"" + message + "\"");
        Property.require(!(refusal instanceof NumberFormatException), () -> "the parser's own exception: " + refusal);
    }

    /** Written apart from the one under test, which is hidden, and so that the fuzzer gets past the checksum. */
    private static String base58Check(byte[] bytes) {
        byte[] checked = Arrays.copyOf(bytes, bytes.length + 4);
        System.arraycopy(sha256(sha256(bytes)), 0, checked, bytes.length, 4);
        BigInteger rest = new BigInteger(1, checked);
        StringBuilder digits = new StringBuilder();
        BigInteger radix = BigInteger.valueOf(BASE58.length());
        for (; rest.signum() > 0; rest = rest.divide(radix)) {
            digits.append(BASE58.charAt(rest.mod(radix).intValue()));
        }
        for (int i = 0; i < checked.length && checked[i] == 0; i++) {
            digits.append(BASE58.charAt(0));
        }
        return digits.reverse().toString();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
