package org.ehashpool.mining.vardiff;

import java.util.random.RandomGenerator;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.U256;

/** A miner whose shares arrive as a Poisson process, on a pool that sends a new job with every new target. */
final class VardiffSimulation {
    private static final long TICK = 5_000;
    private static final long LATENCY = 100;
    private static final double CHANGE = 1.1;

    private final RandomGenerator random;
    private final double sharesPerMinute;
    private final Target easiest;
    private double trueRate;

    private Vardiff vardiff;
    private Target current;
    private Target working;
    private double workingSince;
    private double now;
    private double nextTick = TICK;
    private int targets;

    VardiffSimulation(
            RandomGenerator random, double sharesPerMinute, double nominalRate, double trueRate, Target easiest) {
        this.random = random;
        this.sharesPerMinute = sharesPerMinute;
        this.trueRate = trueRate;
        this.easiest = easiest;
        vardiff = Vardiff.starting(nominalRate, 0);
        current = wanted();
        working = current;
    }

    private Target wanted() {
        return vardiff.target(sharesPerMinute, easiest, Target.of(U256.ZERO));
    }

    /** Runs until the target first gets within a factor of where it should be. Returns the milliseconds, or −1. */
    double firstWithin(double factor, double limit) {
        while (now < limit) {
            if (ratio() < factor) {
                return now;
            }
            step();
        }
        return -1;
    }

    /** Runs on, and returns the share of time that the target spends within a factor of where it should be. */
    double timeWithin(double factor, double duration) {
        double end = now + duration;
        double inside = 0;
        while (now < end) {
            double before = now;
            boolean within = ratio() < factor;
            step();
            inside += within ? now - before : 0;
        }
        return inside / duration;
    }

    double ratio() {
        double ratio = current.expectedHashes()
                / Target.ofHashRate(trueRate, sharesPerMinute).expectedHashes();
        return Math.max(ratio, 1 / ratio);
    }

    void changeRate(double rate) {
        trueRate = rate;
    }

    int targets() {
        return targets;
    }

    Target current() {
        return current;
    }

    private void step() {
        double perMillisecond = trueRate / working.expectedHashes() / 1000;
        double arrival = now - Math.log(1 - random.nextDouble()) / perMillisecond;
        double switching = working.equals(current) ? Double.MAX_VALUE : workingSince + LATENCY;
        double next = Math.min(arrival, Math.min(nextTick, switching));
        now = next;
        if (next == switching) {
            working = current;
            return;
        }
        if (next == nextTick) {
            nextTick += TICK;
        } else {
            vardiff = vardiff.withShare(working);
        }
        Vardiff before = vardiff;
        vardiff = vardiff.evaluated(current, (long) now);
        if (vardiff.hashRate() == before.hashRate()) {
            return;
        }
        Target wanted = wanted();
        double change = wanted.expectedHashes() / current.expectedHashes();
        if (Math.max(change, 1 / change) > CHANGE) {
            if (working.equals(current)) {
                workingSince = now;
            }
            current = wanted;
            targets++;
        }
    }
}
