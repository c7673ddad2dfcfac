package org.ehashpool.proxystats;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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
        Optional<Secret> token,

        @Description("What miners are to be pointed at, as the page says it; without it, what translators tell.")
        @Default("[]")
        List<String> minerUrls) {
    private static final Pattern MINER_URL =
            Pattern.compile("stratum\\+(tcp|ssl)://(\\[[0-9a-fA-F:.]+]|[^\\s/:\\[\\]]+):[0-9]{1,5}");
    private static final int SHORTEST_TOKEN = 16;

    ProxyWebConfig {
        minerUrls = List.copyOf(minerUrls);
        for (String url : minerUrls) {
            if (!MINER_URL.matcher(url).matches()) {
                throw new IllegalArgumentException(
                        "miner_urls = [\"stratum+tcp://HOST:PORT\", …], or stratum+ssl, not " + url);
            }
        }
        if (token.isPresent() && token.get().reveal().length() < SHORTEST_TOKEN) {
            throw new IllegalArgumentException(
                    "a token of at least " + SHORTEST_TOKEN + " characters, as \"openssl rand -hex 16\" makes one");
        }
    }
}
