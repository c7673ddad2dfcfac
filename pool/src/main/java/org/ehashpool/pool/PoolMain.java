package org.ehashpool.pool;

import org.ehashpool.kit.service.ServiceMain;

/** The pool's main program. */
public final class PoolMain {
    private PoolMain() {}

    public static void main(String[] arguments) {
        service().main(arguments);
    }

    /** The pool, to be run as a process or within one. */
    public static ServiceMain<?> service() {
        return ServiceMain.of(
                PoolService.NAME,
                "Serves Stratum V2 miners with jobs and judges their shares.",
                PoolConfig.class,
                PoolService::new);
    }
}
