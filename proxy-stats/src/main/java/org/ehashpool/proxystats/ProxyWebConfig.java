package org.ehashpool.proxystats;

import java.util.Optional;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.config.Secret;

/** The pages' part of the configuration. */
record ProxyWebConfig(
        @Description("Open pages that are kept current; one more is not. Each is one of http.max_connections.")
        @Default("500")
        @Range(min = "0", max = "60000")
        int viewers,

        @Description("Whoever has it may act with the translator's wallet, on the pages. Nobody may without it.")
        Optional<Secret> token) {
    private static final int SHORTEST_TOKEN = 16;

    ProxyWebConfig {
        if (token.isPresent() && token.get().reveal().length() < SHORTEST_TOKEN) {
            throw new IllegalArgumentException(
                    "a token of at least " + SHORTEST_TOKEN + " characters, as \"openssl rand -hex 16\" makes one");
        }
    }
}
