package org.ehashpool.translator;

import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.log.LogConfig;
import org.ehashpool.kit.service.RuntimeConfig;
import org.ehashpool.kit.service.ServiceConfig;
import org.ehashpool.translator.downstream.Sv1PortConfig;

/** The translator's configuration. */
record TranslatorConfig(
        @Default("{ listen = '0.0.0.0:34255' }") Sv1PortConfig sv1,
        @Default("{ listen = '127.0.0.1:9109' }") HttpConfig http,
        LogConfig log,
        RuntimeConfig runtime)
        implements ServiceConfig {}
