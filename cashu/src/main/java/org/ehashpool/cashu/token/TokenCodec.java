package org.ehashpool.cashu.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Tokens as text, {@code cashuA…} and {@code cashuB…}, and as bytes, {@code crawB…}. */
public final class TokenCodec {
    /** The longest token, in characters or bytes: some thousand proofs. */
    public static final int LIMIT = 1 << 20;

    private static final String SCHEME = "cashu:";
    private static final String VERSION_3 = "cashuA";
    private static final String VERSION_4 = "cashuB";
    private static final byte[] RAW_VERSION_4 = "crawB".getBytes(StandardCharsets.US_ASCII);

    private TokenCodec() {}

    /**
     * Reads a token, with or without the scheme {@code cashu:}, and with or without padding.
     *
     * @throws MalformedTokenException if it is none
     */
    public static Token decode(String text) {
        if (text.length() > LIMIT) {
            throw new MalformedTokenException("longer than " + LIMIT + " characters");
        }
        String token = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
        if (token.startsWith("//")) {
            token = token.substring(2);
        }
        if (token.startsWith(VERSION_4)) {
            return TokenV4.read(base64(token.substring(VERSION_4.length())));
        }
        if (token.startsWith(VERSION_3)) {
            return TokenV3.read(base64(token.substring(VERSION_3.length())));
        }
        throw new MalformedTokenException("a token begins with " + VERSION_3 + " or " + VERSION_4);
    }

    /**
     * Reads a token in binary.
     *
     * @throws MalformedTokenException if it is none
     */
    public static Token decodeRaw(byte[] bytes) {
        if (bytes.length > LIMIT) {
            throw new MalformedTokenException("longer than " + LIMIT + " bytes");
        }
        int prefix = RAW_VERSION_4.length;
        if (bytes.length < prefix || !Arrays.equals(bytes, 0, prefix, RAW_VERSION_4, 0, prefix)) {
            throw new MalformedTokenException("a token in binary begins with crawB");
        }
        return TokenV4.read(Arrays.copyOfRange(bytes, prefix, bytes.length));
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedTokenException("not base64url");
        }
    }

    /**
     * Version 3, for readers that know no other.
     *
     * @throws IllegalArgumentException if a keyset is named only in short
     */
    public static String encodeV3(Token token) {
        return VERSION_3 + text(TokenV3.write(token).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Version 4.
     *
     * @throws IllegalArgumentException if it is not of exactly one mint, or has no unit
     */
    public static String encodeV4(Token token, KeysetIds ids) {
        return VERSION_4 + text(TokenV4.write(token, ids == KeysetIds.SHORT));
    }

    /**
     * Version 4 in binary.
     *
     * @throws IllegalArgumentException if it is not of exactly one mint, or has no unit
     */
    public static byte[] encodeRaw(Token token, KeysetIds ids) {
        byte[] cbor = TokenV4.write(token, ids == KeysetIds.SHORT);
        byte[] raw = Arrays.copyOf(RAW_VERSION_4, RAW_VERSION_4.length + cbor.length);
        System.arraycopy(cbor, 0, raw, RAW_VERSION_4.length, cbor.length);
        return raw;
    }

    /** How a token of version 4 names its keysets. */
    public enum KeysetIds {
        /** Eight bytes: the receiver looks at the mint's keysets. */
        SHORT,
        /** As mints do. */
        FULL
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
