package org.ehashpool.benchmarks;

import java.util.Locale;

/** Numbers for people: three digits and a unit. */
final class Figures {
    private Figures() {}

    /** A duration in nanoseconds, for instance {@code 5.20 µs}. */
    static String time(double nanoseconds) {
        if (nanoseconds < 1_000) {
            return number(nanoseconds) + " ns";
        }
        return nanoseconds < 1_000_000 ? number(nanoseconds / 1_000) + " µs" : number(nanoseconds / 1_000_000) + " ms";
    }

    /** Operations in a second on one core. */
    static String perSecond(double nanoseconds) {
        return String.format(Locale.ROOT, "%,.0f", 1e9 / nanoseconds);
    }

    /** A whole number. */
    static String whole(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    /** A multiple, for instance {@code 1.42×}. */
    static String times(double ratio) {
        return number(ratio) + "×";
    }

    /** A part of a whole. */
    static String percent(double part, double whole) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * part / whole);
    }

    private static String number(double value) {
        int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
