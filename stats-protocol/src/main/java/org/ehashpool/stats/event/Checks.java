package org.ehashpool.stats.event;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** What every field has to keep to, whoever made the event. */
final class Checks {
    private static final int LONGEST_TEXT = 1_024;
    private static final int WIDEST_NUMBER = 256;

    private Checks() {}

    static void present(String field, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
    }

    static void text(String field, @Nullable String value) {
        present(field, value);
        optionalText(field, value);
    }

    static void optionalText(String field, @Nullable String value) {
        if (value != null && value.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(field + " is longer than " + LONGEST_TEXT + " characters");
        }
        // Postgres keeps no such character, neither in a text nor in a document.
        if (value != null && value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(field + " holds a zero character");
        }
    }

    static void notNegative(String field, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " is negative");
        }
    }

    static void optionalNotNegative(String field, @Nullable Long value) {
        if (value != null) {
            notNegative(field, value);
        }
    }

    static void rate(String field, double value) {
        if (!Double.isFinite(value) || value < 0) {
            throw new IllegalArgumentException(field + " is no rate");
        }
    }

    static void unsigned(String field, @Nullable BigInteger value) {
        present(field, value);
        if (value != null && (value.signum() < 0 || value.bitLength() > WIDEST_NUMBER)) {
            throw new IllegalArgumentException(field + " is not an unsigned number of " + WIDEST_NUMBER + " bits");
        }
    }
}
