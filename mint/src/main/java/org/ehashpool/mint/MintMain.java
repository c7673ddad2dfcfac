package org.ehashpool.mint;

import org.ehashpool.kit.service.ServiceMain;

/** The mint's main program. */
public final class MintMain {
    private MintMain() {}

    public static void main(String[] arguments) {
        service().main(arguments);
    }

    /** The mint, to be run as a process or within one. */
    public static ServiceMain<?> service() {
        return ServiceMain.of(
                MintService.NAME, "A Cashu mint that pays miners in ehash.", MintConfig.class, MintService::new);
    }
}
