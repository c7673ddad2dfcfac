package org.ehashpool.kit.config;

import java.util.List;

/**
 * What a reload would do.
 *
 * @param config the running configuration with the reloadable keys of the new one
 * @param applied full keys that differ and can take effect
 * @param needRestart full keys that differ and cannot
 */
public record ReloadPlan<C extends Record>(LoadedConfig<C> config, List<String> applied, List<String> needRestart) {

    public ReloadPlan {
        applied = List.copyOf(applied);
        needRestart = List.copyOf(needRestart);
    }
}
