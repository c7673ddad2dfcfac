package org.ehashpool.poolstats;

import java.util.List;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.http.ClientAddresses;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.log.LogConfig;
import org.ehashpool.kit.postgres.DatabaseConfig;
import org.ehashpool.kit.service.RuntimeConfig;
import org.ehashpool.kit.service.ServiceConfig;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.poolstats.earnings.MintConfig;
import org.ehashpool.statistics.Statistics;
import org.ehashpool.statistics.listen.ListenConfig;
import org.ehashpool.statistics.listen.SenderConfig;
import org.ehashpool.statistics.retention.RetentionConfig;
import org.ehashpool.statistics.sampling.SamplingConfig;
import org.ehashpool.statistics.watch.WatchConfig;
import org.ehashpool.statistics.watch.WatchedConfig;
import org.ehashpool.statistics.web.WebConfig;

/** The configuration of a pool's statistics. */
record PoolStatsConfig(
        ListenConfig listen,

        @Description("Who may tell, by their tokens.") @Default("[]")
        List<SenderConfig> senders,

        WatchConfig watch,

        @Description("Services to be asked whether they live, besides those that tell.") @Default("[]")
        List<WatchedConfig> services,

        SamplingConfig sampling,
        RetentionConfig retention,
        DatabaseConfig database,

        @Description("Mints that are asked what a key earned, by whoever proves to have it.") @Default("[]")
        List<MintConfig> mints,

        @Description("Proxies in front of the pages, as addresses or CIDR ranges, whose X-Forwarded-For is believed.")
        @Default("[]")
        List<String> trustedProxies,

        WebConfig web,

        @Default("{ listen = '127.0.0.1:8081', max_connections = 1024 }")
        HttpConfig http,

        LogConfig log,
        RuntimeConfig runtime)
        implements ServiceConfig {

    PoolStatsConfig {
        senders = List.copyOf(senders);
        services = List.copyOf(services);
        mints = List.copyOf(mints);
        trustedProxies = List.copyOf(trustedProxies);
        trustedProxies.forEach(AddressRange::parse);
        if (mints.stream().map(MintConfig::url).distinct().count() < mints.size()) {
            throw new IllegalArgumentException("each mint once");
        }
    }

    /** Who asks, by the proxies that are believed. */
    ClientAddresses addresses() {
        return new ClientAddresses(
                trustedProxies.stream().map(AddressRange::parse).toList());
    }

    Statistics.Settings statistics() {
        return new Statistics.Settings(database, listen, senders, watch, services, sampling, retention);
    }
}
