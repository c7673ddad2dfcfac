package org.ehashpool.conservation.site;

import java.util.HashMap;
import java.util.Map;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;

/** What a service is configured with, as environment variables. */
final class Settings {
    private final String prefix;
    private final Map<String, String> environment = new HashMap<>();

    /** @param prefix of the variables, for instance {@code POOL} */
    Settings(String prefix) {
        this.prefix = prefix + "__";
    }

    Settings with(String key, Object value) {
        environment.put(prefix + key, String.valueOf(value));
        return this;
    }

    /** A database, by way of a relay. */
    Settings database(String section, PostgresLogin login, int directPort, int relayPort) {
        return with(section + "__URL", login.url().replace(":" + directPort + "/", ":" + relayPort + "/"))
                .with(section + "__USER", login.user())
                .with(section + "__PASSWORD", login.password());
    }

    Map<String, String> environment(String home) {
        environment.put("EHASH_HOME", home);
        return Map.copyOf(environment);
    }
}
