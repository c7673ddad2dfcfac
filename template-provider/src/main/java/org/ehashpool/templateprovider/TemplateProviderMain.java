package org.ehashpool.templateprovider;

import org.ehashpool.kit.service.ServiceMain;

/** The template provider's main program. */
public final class TemplateProviderMain {
    private TemplateProviderMain() {}

    public static void main(String[] arguments) {
        service().main(arguments);
    }

    /** The template provider, to be run as a process or within one. */
    public static ServiceMain<?> service() {
        return ServiceMain.of(
                TemplateProviderService.NAME,
                "Serves block templates of a bitcoin node, and brings it the blocks that are found.",
                TemplateProviderConfig.class,
                TemplateProviderService::new);
    }
}
