package org.ehashpool.poolstats;

import java.util.List;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.Service;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.statistics.Statistics;

/** A pool's statistics: the whole is what the pool accepted. */
final class PoolStatsService implements Service<PoolStatsConfig> {
    static final String NAME = "pool-stats";
    private static final String SCHEMA = "pool_stats";
    private static final String WHOLE = "pool";

    private final Statistics statistics;

    PoolStatsService(PoolStatsConfig config, ServiceContext context) {
        statistics = new Statistics(config.statistics(), SCHEMA, WHOLE, context);
    }

    @Override
    public List<Component> components() {
        return statistics.components();
    }
}
