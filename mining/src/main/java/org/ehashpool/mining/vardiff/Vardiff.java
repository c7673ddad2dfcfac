package org.ehashpool.mining.vardiff;

import org.ehashpool.mining.difficulty.Target;

/**
 * The estimate of a miner's hash rate, as a value: shares and time in, a new estimate out.
 *
 * <p>Shares arrive as a Poisson process, so after {@code m} expected and {@code n} found shares (weighed by their work)
 * the rate is estimated at {@code (k + n) / (k + m)} times what it was, {@code k} being the number of shares that the
 * old estimate rests on. Where {@code n} is too unlikely for the old estimate to be right, the estimate is thrown away
 * and begun anew from the window alone: upwards as soon as a few shares came too early, downwards as soon as enough did
 * not come.
 *
 * @param hashRate the estimate, hashes per second
 * @param confidence the number of shares that it rests on
 * @param since when the window began, milliseconds
 * @param work hashes that the window's shares stand for
 * @param shares the window's shares
 */
public record Vardiff(double hashRate, double confidence, long since, double work, int shares) {
    private static final double MAX_CONFIDENCE = 64;
    private static final double LOWEST_RATE = 1e-6;
    private static final double HIGHEST_RATE = 1e30;
    /** Expected or found shares that make a window long enough to learn from. */
    private static final int WINDOW = 8;
    /** Shares that must come too early before the estimate rises at once. */
    private static final int EARLY = 5;
    /** Below this an estimate is doubted at the first sign. */
    private static final double DOUBTFUL = 12;

    private static final double UNLIKELY = 1e-6;
    private static final double UNLIKELY_EARLY_ON = 1e-3;
    private static final double SILENCE = 1e-4;
    private static final double SILENCE_EARLY_ON = 1e-2;
    /** A window as odd as this makes the estimate doubtful, so that a second one overthrows it. */
    private static final double SUSPICIOUS = 0.005;

    private static final double DOUBT = 0.15;
    private static final double LARGEST_STEP = 1024;

    /**
     * The beginning of a channel, or of a miner that says it changed.
     *
     * @param nominalHashRate what the miner says of itself, or a guess; taken into range
     * @param now milliseconds
     */
    public static Vardiff starting(double nominalHashRate, long now) {
        return new Vardiff(clamp(nominalHashRate), 1, now, 0, 0);
    }

    /** A share was found that met this target. */
    public Vardiff withShare(Target target) {
        return new Vardiff(hashRate, confidence, since, work + target.expectedHashes(), shares + 1);
    }

    /**
     * Learns from the window if it is long enough, and begins the next one.
     *
     * @param current the target in force, which weighs the shares
     * @param now milliseconds; never earlier than before, or nothing is learnt
     * @return this, or the new estimate
     */
    public Vardiff evaluated(Target current, long now) {
        double seconds = (now - since) / 1000.0;
        double expected = hashRate * Math.max(seconds, 0) / current.expectedHashes();
        double found = work / current.expectedHashes();
        boolean doubtful = confidence < DOUBTFUL;
        if (shares >= EARLY
                && found > expected
                && Poisson.atLeast(shares, expected * shares / found) < (doubtful ? UNLIKELY_EARLY_ON : UNLIKELY)) {
            double rate = work * (shares - 1) / shares / Math.max(seconds, 0.001);
            return restarted(Math.min(Math.max(rate, hashRate), hashRate * LARGEST_STEP), shares - 1, now);
        }
        if (found < expected && Poisson.atMost(found, expected) < (doubtful ? SILENCE_EARLY_ON : SILENCE)) {
            return restarted(hashRate * (found + 0.5) / (expected + 0.5), found + 0.5, now);
        }
        if (Math.max(expected, shares) < WINDOW) {
            return this;
        }
        double learnt = hashRate * (confidence + found) / (confidence + expected);
        boolean suspicious = Poisson.atMost(found, expected) < SUSPICIOUS
                || Poisson.atLeast((int) Math.min(found, 1e6), expected) < SUSPICIOUS;
        return restarted(learnt, suspicious ? confidence * DOUBT : confidence + expected, now);
    }

    private static Vardiff restarted(double rate, double confidence, long now) {
        return new Vardiff(clamp(rate), Math.clamp(confidence, 0.5, MAX_CONFIDENCE), now, 0, 0);
    }

    private static double clamp(double rate) {
        return Double.isNaN(rate) ? LOWEST_RATE : Math.clamp(rate, LOWEST_RATE, HIGHEST_RATE);
    }

    /**
     * The target at which shares come at the wanted rate.
     *
     * @param sharesPerMinute the wanted rate
     * @param easiest never easier than this
     * @param hardest never harder than this, unless {@code easiest} is
     */
    public Target target(double sharesPerMinute, Target easiest, Target hardest) {
        return Target.ofHashRate(hashRate, sharesPerMinute).easier(hardest).harder(easiest);
    }
}
