package org.ehashpool.noise.certificate;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Base58 with a checksum, the first four bytes of the double SHA-256. */
final class Base58Check {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger RADIX = BigInteger.valueOf(ALPHABET.length());
    private static final int CHECKSUM_LENGTH = 4;

    /** Decoding takes time quadratic in the length; no key comes near this. */
    private static final int MAX_TEXT_LENGTH = 128;

    private Base58Check() {}

    static String encode(byte[] bytes) {
        byte[] checked = Arrays.copyOf(bytes, bytes.length + CHECKSUM_LENGTH);
        System.arraycopy(checksum(bytes), 0, checked, bytes.length, CHECKSUM_LENGTH);
        StringBuilder reversed = new StringBuilder();
        BigInteger rest = new BigInteger(1, checked);
        Arrays.fill(checked, bytes.length, checked.length, (byte) 0);
        while (rest.signum() > 0) {
            BigInteger[] division = rest.divideAndRemainder(RADIX);
            reversed.append(ALPHABET.charAt(division[1].intValue()));
            rest = division[0];
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            reversed.append(ALPHABET.charAt(0));
        }
        return reversed.reverse().toString();
    }

    /**
     * The bytes without their checksum.
     *
     * @throws IllegalArgumentException that does not repeat the text, which may be a secret
     */
    static byte[] decode(String text) {
        if (text.length() > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException(
                    "base58 text of " + text.length() + " characters, at most " + MAX_TEXT_LENGTH + " are read");
        }
        BigInteger value = BigInteger.ZERO;
        int zeros = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("character " + (i + 1) + " is not a base58 digit");
            }
            if (digit == 0 && value.signum() == 0) {
                zeros++;
            }
            value = value.multiply(RADIX).add(BigInteger.valueOf(digit));
        }
        byte[] number = value.signum() == 0 ? new byte[0] : value.toByteArray();
        int sign = number.length > 0 && number[0] == 0 ? 1 : 0;
        byte[] checked = new byte[zeros + number.length - sign];
        System.arraycopy(number, sign, checked, zeros, number.length - sign);
        Arrays.fill(number, (byte) 0);
        if (checked.length < CHECKSUM_LENGTH) {
            throw new IllegalArgumentException("base58 text too short to hold a checksum");
        }
        byte[] bytes = Arrays.copyOf(checked, checked.length - CHECKSUM_LENGTH);
        boolean matches = Arrays.equals(checksum(bytes), 0, CHECKSUM_LENGTH, checked, bytes.length, checked.length);
        Arrays.fill(checked, (byte) 0);
        if (!matches) {
            Arrays.fill(bytes, (byte) 0);
            throw new IllegalArgumentException(
                    "the base58 checksum does not match: a character is mistyped or missing");
        }
        return bytes;
    }

    private static byte[] checksum(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return Arrays.copyOf(digest.digest(digest.digest(bytes)), CHECKSUM_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
