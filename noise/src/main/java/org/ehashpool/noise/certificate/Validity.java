package org.ehashpool.noise.certificate;

/**
 * When a certificate is valid, both ends included.
 *
 * @param from U32, seconds since the epoch
 * @param until U32, seconds since the epoch ({@code not_valid_after})
 */
public record Validity(long from, long until) {
    private static final long MAX = 0xffff_ffffL;

    /** @throws IllegalArgumentException if a bound is no U32 */
    public Validity {
        if (from < 0 || from > MAX || until < 0 || until > MAX) {
            throw new IllegalArgumentException("validity bounds must fit 32 bits: " + from + " to " + until);
        }
    }

    /** From {@code nowEpochSeconds} on for so many seconds, or to the end of 32-bit time. */
    public static Validity startingAt(long nowEpochSeconds, long seconds) {
        return new Validity(nowEpochSeconds, Math.min(MAX, Math.addExact(nowEpochSeconds, seconds)));
    }
}
