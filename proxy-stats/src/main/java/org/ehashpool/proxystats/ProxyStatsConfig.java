package org.ehashpool.proxystats;

import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.http.ClientAddresses;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.log.LogConfig;
import org.ehashpool.kit.postgres.DatabaseConfig;
import org.ehashpool.kit.service.RuntimeConfig;
import org.ehashpool.kit.service.ServiceConfig;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.proxystats.wallet.TranslatorConfig;
import org.ehashpool.statistics.Statistics;
import org.ehashpool.statistics.listen.ListenConfig;
import org.ehashpool.statistics.listen.SenderConfig;
import org.ehashpool.statistics.retention.RetentionConfig;
import org.ehashpool.statistics.sampling.SamplingConfig;
import org.ehashpool.statistics.watch.WatchConfig;
import org.ehashpool.statistics.watch.WatchedConfig;

/** The configuration of a farm's statistics. */
record ProxyStatsConfig(
        @Default("{ address = '127.0.0.1:4001' }") ListenConfig listen,

        @Description("Who may tell, by their tokens.") @Default("[]")
        List<SenderConfig> senders,

        WatchConfig watch,

        @Description("Services to be asked whether they live, besides those that tell.") @Default("[]")
        List<WatchedConfig> services,

        SamplingConfig sampling,
        RetentionConfig retention,
        DatabaseConfig database,

        @Description("The translator whose wallet can be used on the pages; without it they only show.")
        Optional<TranslatorConfig> translator,

        @Description("Proxies in front of the pages, as addresses or CIDR ranges, whose X-Forwarded-For is believed.")
        @Default("[]")
        List<String> trustedProxies,

        ProxyWebConfig web,

        @Default("{ listen = '127.0.0.1:8082', max_connections = 1024 }")
        HttpConfig http,

        LogConfig log,
        RuntimeConfig runtime)
        implements ServiceConfig {

    ProxyStatsConfig {
        senders = List.copyOf(senders);
        services = List.copyOf(services);
        trustedProxies = List.copyOf(trustedProxies);
        trustedProxies.forEach(AddressRange::parse);
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
