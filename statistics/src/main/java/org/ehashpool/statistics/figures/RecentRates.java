package org.ehashpool.statistics.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jooq.DSLContext;

/** What "now" means in a hashrate: the last five whole minutes. */
final class RecentRates {
    static final Duration WINDOW = Duration.ofMinutes(5);

    /** {@code subject, hashrate} of all subjects; {0} is where the window begins, {1} where it ends. */
    static final String OF_ALL = """
            select subject, sum(work)::double precision / extract(epoch from {1} - {0})::double precision as hashrate
            from sample
            where bucket >= {0} and bucket < {1}
            group by subject""";

    private RecentRates() {}

    /**
     * Runs a query that joins {@link #OF_ALL}. The newest minutes are newer than the planner's statistics: it takes them
     * for a row or two, and would compare each subject with each other one.
     */
    static <T> T joined(DSLContext sql, Supplier<T> query) {
        sql.fetch("select set_config('enable_nestloop', 'off', true)");
        T found = query.get();
        sql.fetch("select set_config('enable_nestloop', 'on', true)");
        return found;
    }

    static Instant to(Instant now) {
        return Range.floor(now, Duration.ofMinutes(1));
    }

    static Instant from(Instant now) {
        return to(now).minus(WINDOW);
    }
}
