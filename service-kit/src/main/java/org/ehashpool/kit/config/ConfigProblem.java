package org.ehashpool.kit.config;

import java.util.Optional;

/**
 * One thing that is wrong with a configuration.
 *
 * @param source where it stands
 * @param key the full key, {@code http.listen}; empty where the file as a whole is meant
 * @param value what was given, as TOML, shortened, secrets redacted; empty where nothing was
 * @param expected what would have been right
 */
public record ConfigProblem(ConfigSource source, String key, Optional<String> value, String expected) {

    /** One line: {@code pool.toml:3:1: http.port = 70000: expected a whole number from 1 to 65535}. */
    public String describe() {
        StringBuilder line = new StringBuilder(source.describe()).append(": ");
        if (!key.isEmpty()) {
            line.append(key);
            value.ifPresent(text -> line.append(" = ").append(text));
            line.append(": ");
        }
        return line.append("expected ").append(expected).toString();
    }
}
