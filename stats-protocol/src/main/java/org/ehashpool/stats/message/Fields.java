package org.ehashpool.stats.message;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the fields of messages have to keep to. */
final class Fields {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,63}");
    private static final Pattern BOOT_ID = Pattern.compile("[0-9a-f]{32}");
    private static final int LONGEST = 1_024;

    private Fields() {}

    static void name(String field, @Nullable String value) {
        if (value == null || !NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " is not 1 to 63 letters, digits, dots, dashes and underscores");
        }
    }

    static void bootId(@Nullable String value) {
        if (value == null || !BOOT_ID.matcher(value).matches()) {
            throw new IllegalArgumentException("boot_id is not 32 hexadecimal digits");
        }
    }

    static void bounded(String field, @Nullable String value) {
        if (value == null || value.length() > LONGEST) {
            throw new IllegalArgumentException(field + " is missing or longer than " + LONGEST + " characters");
        }
    }

    static void notNegative(String field, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " is negative");
        }
    }

    static void positive(String field, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(field + " is not positive");
        }
    }
}
