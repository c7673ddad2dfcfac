package org.ehashpool.kit.config;

/** A configuration and where each of its values came from. */
public final class LoadedConfig<C extends Record> {
    private final String service;
    private final C value;
    private final Effective.Table effective;

    LoadedConfig(String service, C value, Effective.Table effective) {
        this.service = service;
        this.value = value;
        this.effective = effective;
    }

    public C value() {
        return value;
    }

    Effective.Table effective() {
        return effective;
    }

    /** The whole configuration as TOML, each value with its source as a comment, secrets redacted. */
    public String toToml() {
        return new TomlWriter()
                .comment("Effective configuration of " + service + ".")
                .table(effective)
                .toString();
    }
}
