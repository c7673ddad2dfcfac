package org.ehashpool.templateprovider;

import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.log.LogConfig;
import org.ehashpool.kit.service.RuntimeConfig;
import org.ehashpool.kit.service.ServiceConfig;
import org.ehashpool.kit.stats.StatsConfig;
import org.ehashpool.kit.sv2.port.Sv2PortConfig;
import org.ehashpool.templateprovider.chain.ChainConfig;
import org.ehashpool.templateprovider.node.NodeConfig;

/** The template provider's configuration. The embedded chain is used when no node is configured. */
record TemplateProviderConfig(
        @Default("{ listen = '127.0.0.1:18447' }") Sv2PortConfig sv2,
        NodeConfig node,
        ChainConfig embeddedChain,
        ServingConfig serving,
        @Default("{ listen = '127.0.0.1:9112' }") HttpConfig http,
        LogConfig log,
        StatsConfig stats,
        RuntimeConfig runtime)
        implements ServiceConfig {}
