package org.ehashpool.kit.service;

import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.log.LogConfig;
import org.ehashpool.kit.stats.StatsConfig;

/**
 * What every service's configuration record has: its components {@code http}, {@code log} and {@code runtime}, and {@code
 * stats} where it tells a statistics service what happens.
 */
public interface ServiceConfig {
    HttpConfig http();

    LogConfig log();

    RuntimeConfig runtime();

    /** Off, where the record has no such component. */
    default StatsConfig stats() {
        return StatsConfig.off();
    }
}
