package org.ehashpool.poolstats;

import org.ehashpool.kit.service.ServiceMain;

/** The main program of a pool's statistics. */
public final class PoolStatsMain {
    private PoolStatsMain() {}

    public static void main(String[] arguments) {
        service().main(arguments);
    }

    /** The service, to be run as a process or within one. */
    public static ServiceMain<?> service() {
        return ServiceMain.of(
                PoolStatsService.NAME,
                "Keeps and shows what the services of a pool tell.",
                PoolStatsConfig.class,
                PoolStatsService::new);
    }
}
