package org.ehashpool.proxystats;

import org.ehashpool.kit.service.ServiceMain;

/** The main program of a farm's statistics. */
public final class ProxyStatsMain {
    private ProxyStatsMain() {}

    public static void main(String[] arguments) {
        service().main(arguments);
    }

    /** The service, to be run as a process or within one. */
    public static ServiceMain<?> service() {
        return ServiceMain.of(
                ProxyStatsService.NAME,
                "Keeps and shows what the services of a farm tell.",
                ProxyStatsConfig.class,
                ProxyStatsService::new);
    }
}
