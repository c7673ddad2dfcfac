package org.ehashpool.translator;

import java.util.List;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.log.LogConfig;
import org.ehashpool.kit.service.RuntimeConfig;
import org.ehashpool.kit.service.ServiceConfig;
import org.ehashpool.kit.stats.StatsConfig;
import org.ehashpool.translator.downstream.Sv1PortConfig;
import org.ehashpool.translator.upstream.ChannelsConfig;
import org.ehashpool.translator.upstream.FailoverConfig;
import org.ehashpool.translator.upstream.UpstreamConfig;
import org.ehashpool.translator.upstream.UpstreamsConfig;
import org.ehashpool.translator.upstream.VardiffConfig;
import org.ehashpool.translator.upstream.WalletConfig;

/** The translator's configuration. */
record TranslatorConfig(
        @Default("{ listen = '0.0.0.0:34255' }") Sv1PortConfig sv1,

        @Description("The pools to mine for, the preferred one first.") @Default("[]")
        List<UpstreamConfig> upstreams,

        ChannelsConfig channels,
        VardiffConfig vardiff,
        FailoverConfig failover,
        WalletConfig wallet,

        @Default("{ listen = '127.0.0.1:9109' }") HttpConfig http,
        LogConfig log,
        StatsConfig stats,
        RuntimeConfig runtime)
        implements ServiceConfig {

    /**
     * A configuration.
     *
     * @throws IllegalArgumentException in words for the operator
     */
    TranslatorConfig {
        upstreams = new UpstreamsConfig(upstreams, channels, vardiff, failover, wallet).upstreams();
    }

    /** All that concerns the pools. */
    UpstreamsConfig pools() {
        return new UpstreamsConfig(upstreams, channels, vardiff, failover, wallet);
    }
}
