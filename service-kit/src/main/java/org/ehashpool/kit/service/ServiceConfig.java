package org.ehashpool.kit.service;

import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.log.LogConfig;

/** What every service's configuration record has; its components {@code http}, {@code log} and {@code runtime}. */
public interface ServiceConfig {
    HttpConfig http();

    LogConfig log();

    RuntimeConfig runtime();
}
