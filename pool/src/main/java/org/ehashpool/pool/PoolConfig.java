package org.ehashpool.pool;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Reloadable;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.log.LogConfig;
import org.ehashpool.kit.postgres.DatabaseConfig;
import org.ehashpool.kit.service.RuntimeConfig;
import org.ehashpool.kit.service.ServiceConfig;
import org.ehashpool.kit.stats.StatsConfig;
import org.ehashpool.kit.sv2.port.Sv2PortConfig;
import org.ehashpool.mining.coinbase.Network;
import org.ehashpool.mining.job.TemplateJobs;
import org.ehashpool.pool.block.BlocksConfig;
import org.ehashpool.pool.connection.DrainConfig;
import org.ehashpool.pool.connection.LimitsConfig;
import org.ehashpool.pool.connection.MiningRules;
import org.ehashpool.pool.connection.SharesConfig;
import org.ehashpool.pool.connection.UserConfig;
import org.ehashpool.pool.mintlink.MintConfig;
import org.ehashpool.pool.outbox.OutboxConfig;
import org.ehashpool.pool.pay.PayConfig;
import org.ehashpool.pool.pay.PayTerms;
import org.ehashpool.pool.solo.SoloConfig;
import org.ehashpool.pool.solo.SoloIdentity;
import org.ehashpool.pool.template.TemplateProvidersConfig;

/** The pool's configuration. */
record PoolConfig(
        @Default("{ listen = '0.0.0.0:34254' }") Sv2PortConfig sv2,

        @Default(
                "{ listen = '127.0.0.1:34260', max_connections = 256, max_connections_per_address = 64, event_loops = 1 }")
        Sv2PortConfig mintPort,

        @Description("The mints that shares are paid by; others are refused.") @Default("[]") @Reloadable
        List<MintConfig> mints,

        OutboxConfig outbox,

        @Description("The Bitcoin network of the payout addresses.") @Default("mainnet")
        Network network,

        PayoutConfig payout,
        SoloConfig solo,
        TemplateProvidersConfig templateProviders,
        BlocksConfig blocks,

        @Description("Whether miners may change the header's version (BIP 323).") @Default("true")
        boolean versionRolling,

        ExtranonceConfig extranonce,
        SharesConfig shares,
        @Reloadable PayConfig pay,
        @Reloadable LimitsConfig limits,

        @Description("What some users get that others do not; takes effect on channels opened afterwards.")
        @Default("[]")
        @Reloadable
        List<UserConfig> users,

        DrainConfig drain,

        @Description("Where the authority's key, bans and found blocks are kept; otherwise $EHASH_HOME/pool.")
        Optional<Path> dataDirectory,

        DatabaseConfig database,

        @Default("{ listen = '127.0.0.1:9108' }") HttpConfig http,
        LogConfig log,
        StatsConfig stats,
        RuntimeConfig runtime)
        implements ServiceConfig {

    /** With outputs that belong to the network, and room for them. */
    PoolConfig {
        users = List.copyOf(users);
        mints = List.copyOf(mints);
        MintConfig.pinned(mints);
        jobs(payout, network, solo, extranonce, versionRolling).constraints();
    }

    /** What the configuration lets change while the pool runs. */
    MiningRules rules() {
        return MiningRules.of(shares, limits, users, user -> SoloIdentity.of(user, solo, network));
    }

    /** What shares are paid. */
    PayTerms payTerms() {
        return pay.terms(network);
    }

    /** What is the same for all jobs. */
    TemplateJobs.Settings jobs() {
        return jobs(payout, network, solo, extranonce, versionRolling);
    }

    private static TemplateJobs.Settings jobs(
            PayoutConfig payout,
            Network network,
            SoloConfig solo,
            ExtranonceConfig extranonce,
            boolean versionRolling) {
        return new TemplateJobs.Settings(
                payout.on(network), payout.tagBytes(), extranonce.layout().fullSizes(), versionRolling, solo.enabled());
    }
}
