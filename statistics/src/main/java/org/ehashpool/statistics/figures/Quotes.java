package org.ehashpool.statistics.figures;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Quotes, and what was issued for them. A quote that is minted in parts is told of as often, so that counts of issues
 * are of mintings, and amounts are what compares.
 *
 * @param totals of all time, as each sender tells of each mint and unit
 * @param failures of the last 24 hours
 * @param steps of the range, in order of time; those without a quote are left out
 */
public record Quotes(
        String range,
        Instant from,
        Instant to,
        Duration step,
        List<Total> totals,
        List<Failure> failures,
        List<Step> steps) {

    public Quotes {
        totals = List.copyOf(totals);
        failures = List.copyOf(failures);
        steps = List.copyOf(steps);
    }

    /** The units that there are, in their order. */
    public List<String> units() {
        return totals.stream().map(Total::unit).distinct().sorted().toList();
    }

    /**
     * Of one sender, mint and unit.
     *
     * @param mint its URL; empty where the sender is the mint
     */
    public record Total(
            String service,
            String instance,
            String mint,
            String unit,
            long created,
            BigInteger createdAmount,
            long issued,
            BigInteger issuedAmount,
            long failed,
            BigInteger failedAmount) {

        /** What exists as a quote and was not minted; negative where creation was told before this service kept it. */
        public BigInteger waitingAmount() {
            return createdAmount.subtract(issuedAmount);
        }
    }

    /** Quotes that could not be had, by reason. */
    public record Failure(
            String service, String instance, String mint, String unit, String reason, long count, BigInteger amount) {}

    /** A step of the chart, of one unit. */
    public record Step(
            Instant at, String unit, long created, BigInteger createdAmount, long issued, BigInteger issuedAmount) {}

    /**
     * Of one unit, without counting twice: where mints themselves tell, what others tell of them is left out.
     *
     * @param dayCreated within 24 hours, as the fields after it
     */
    public record UnitTotal(
            String unit,
            long created,
            BigInteger createdAmount,
            long issued,
            BigInteger issuedAmount,
            long failed,
            long dayCreated,
            BigInteger dayCreatedAmount,
            long dayIssued,
            BigInteger dayIssuedAmount) {}
}
