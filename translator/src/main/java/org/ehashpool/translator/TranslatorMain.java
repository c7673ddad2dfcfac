package org.ehashpool.translator;

import org.ehashpool.kit.service.ServiceMain;

/** The translator's main program. */
public final class TranslatorMain {
    private TranslatorMain() {}

    public static void main(String[] arguments) {
        service().main(arguments);
    }

    /** The translator, to be run as a process or within one. */
    public static ServiceMain<?> service() {
        return ServiceMain.of(
                TranslatorService.NAME,
                "Serves Stratum V1 miners with the work of Stratum V2 pools.",
                TranslatorConfig.class,
                (config, context) -> new TranslatorService(config, context, UpstreamSide::pools));
    }
}
