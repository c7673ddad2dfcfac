package org.ehashpool.proxystats;

import java.util.List;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.log.LogConfig;
import org.ehashpool.kit.postgres.DatabaseConfig;
import org.ehashpool.kit.service.RuntimeConfig;
import org.ehashpool.kit.service.ServiceConfig;
import org.ehashpool.statistics.Statistics;
import org.ehashpool.statistics.listen.ListenConfig;
import org.ehashpool.statistics.listen.SenderConfig;
import org.ehashpool.statistics.retention.RetentionConfig;
import org.ehashpool.statistics.sampling.SamplingConfig;
import org.ehashpool.statistics.watch.WatchConfig;
import org.ehashpool.statistics.watch.WatchedConfig;
import org.ehashpool.statistics.web.WebConfig;

/** The configuration of a farm's statistics. */
record ProxyStatsConfig(
        ListenConfig listen,

        @Description("Who may tell, by their tokens.") @Default("[]")
        List<SenderConfig> senders,

        WatchConfig watch,

        @Description("Services to be asked whether they live, besides those that tell.") @Default("[]")
        List<WatchedConfig> services,

        SamplingConfig sampling,
        RetentionConfig retention,
        DatabaseConfig database,

        WebConfig web,

        @Default("{ listen = '127.0.0.1:8083', max_connections = 1024 }")
        HttpConfig http,

        LogConfig log,
        RuntimeConfig runtime)
        implements ServiceConfig {

    ProxyStatsConfig {
        senders = List.copyOf(senders);
        services = List.copyOf(services);
    }

    Statistics.Settings statistics() {
        return new Statistics.Settings(database, listen, senders, watch, services, sampling, retention);
    }
}
