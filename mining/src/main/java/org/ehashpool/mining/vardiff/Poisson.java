package org.ehashpool.mining.vardiff;

/** Tails of the Poisson distribution. */
final class Poisson {
    /** From here on the normal distribution is as good. */
    private static final double LARGE = 500;

    private Poisson() {}

    /** The probability of at most so many, of which there are this many on average. */
    static double atMost(double count, double mean) {
        if (mean > LARGE) {
            return normalTail((mean - count - 0.5) / Math.sqrt(mean));
        }
        double term = Math.exp(-mean);
        double sum = term;
        for (int i = 1; i <= count; i++) {
            term *= mean / i;
            sum += term;
        }
        return Math.min(sum, 1);
    }

    /** The probability of at least so many, of which there are this many on average. */
    static double atLeast(int count, double mean) {
        if (count <= mean) {
            return 1;
        }
        if (mean > LARGE) {
            return normalTail((count - mean - 0.5) / Math.sqrt(mean));
        }
        // The terms fall by at least mean / count each from the first on.
        double term = Math.exp(-mean);
        for (int i = 1; i <= count; i++) {
            term *= mean / i;
        }
        double sum = 0;
        for (int i = count; term > sum * 1e-9 && i < count + 1000; ) {
            sum += term;
            i++;
            term *= mean / i;
        }
        return Math.min(sum, 1);
    }

    /** An upper bound of the probability of so many standard deviations or more. */
    private static double normalTail(double deviations) {
        return deviations <= 0 ? 1 : Math.min(1, 0.5 * Math.exp(-deviations * deviations / 2));
    }
}
