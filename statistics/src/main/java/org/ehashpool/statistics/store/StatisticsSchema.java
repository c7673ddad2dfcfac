package org.ehashpool.statistics.store;

import java.util.List;
import org.ehashpool.kit.postgres.DatabaseSchema;

/** Where a statistics service's tables live: each service has the same ones in a schema of its own. */
public final class StatisticsSchema {
    private static final String GENERATED = "statistics";

    private StatisticsSchema() {}

    /**
     * The tables of one service.
     *
     * @param name {@code pool_stats} or {@code proxy_stats}
     */
    public static DatabaseSchema named(String name) {
        return new DatabaseSchema(name, List.of("org/ehashpool/statistics/migrations"), GENERATED);
    }
}
