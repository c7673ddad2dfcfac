package org.ehashpool.kit.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A password, token or seed from the configuration. Its text is in no {@code toString}, message or log; {@link
 * #reveal()} is the one way to it, and is called where the secret is used.
 */
public final class Secret {
    static final String REDACTED = "[redacted]";

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /**
     * Wraps a secret's text.
     *
     * @throws IllegalArgumentException when empty: an empty secret protects nothing
     */
    public static Secret of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a secret is not empty");
        }
        return new Secret(text);
    }

    /** The secret itself. */
    public String reveal() {
        return text;
    }

    /** Whether the candidate is this secret, in a time that does not depend on where the two differ. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(sha256(text), sha256(candidate));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && matches(secret.text);
    }

    /** Constant: a hash of the text would be a trace of it. */
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return REDACTED;
    }

    /** Hashing first makes the comparison independent of the lengths as well. */
    private static byte[] sha256(String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
