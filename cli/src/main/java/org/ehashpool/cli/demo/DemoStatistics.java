package org.ehashpool.cli.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.ehashpool.kit.config.Secret;

/** Where services tell what happens: an address that is taken before any of them starts, and a token for each. */
final class DemoStatistics {
    private final String name;
    private final String listen;
    private final Map<String, Secret> tokens = new LinkedHashMap<>();

    /**
     * For a statistics service that is still to be started.
     *
     * @param name the service's
     * @param listen host and port for those who tell
     * @param tellers the services that tell
     * @param token makes one
     */
    DemoStatistics(String name, String listen, List<String> tellers, Supplier<Secret> token) {
        this.name = name;
        this.listen = listen;
        tellers.forEach(teller -> tokens.put(teller, token.get()));
    }

    /**
     * What it has to be told, besides its own HTTP port.
     *
     * @param more what it is told and others like it are not, without the service's prefix
     */
    Map<String, String> settings(DemoDatabase store, Map<String, String> more) {
        String prefix = prefix(name);
        Map<String, String> settings = new LinkedHashMap<>(store.settings(prefix + "DATABASE__", schema()));
        settings.put(prefix + "LISTEN__ADDRESS", listen);
        more.forEach((key, value) -> settings.put(prefix + key, value));
        int number = 0;
        for (Map.Entry<String, Secret> teller : tokens.entrySet()) {
            String sender = prefix + "SENDERS__" + number++ + "__";
            settings.put(sender + "SERVICE", teller.getKey());
            settings.put(sender + "TOKEN", teller.getValue().reveal());
        }
        return settings;
    }

    /** What a service that tells has to be told; nothing for one that does not tell it. */
    Map<String, String> ofTeller(String teller) {
        Secret token = tokens.get(teller);
        return token == null
                ? Map.of()
                : Map.of(
                        prefix(teller) + "STATS__URL",
                        "tcp://" + listen,
                        prefix(teller) + "STATS__TOKEN",
                        token.reveal());
    }

    private String schema() {
        return name.replace('-', '_');
    }

    private static String prefix(String service) {
        return service.toUpperCase(Locale.ROOT).replace('-', '_') + "__";
    }
}
