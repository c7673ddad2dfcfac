package org.ehashpool.endpoint;

import org.ehashpool.kit.service.ServiceMain;

/** The endpoint's main program. */
public final class EndpointMain {
    private EndpointMain() {}

    public static void main(String[] arguments) {
        ServiceMain.of(
                        EndpointService.NAME,
                        "A bare Stratum V2 endpoint: negotiates, echoes, keeps a log of its connections.",
                        EndpointConfig.class,
                        EndpointService::new)
                .main(arguments);
    }
}
