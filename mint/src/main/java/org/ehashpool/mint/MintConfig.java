package org.ehashpool.mint;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Key;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.log.LogConfig;
import org.ehashpool.kit.postgres.DatabaseConfig;
import org.ehashpool.kit.service.RuntimeConfig;
import org.ehashpool.kit.service.ServiceConfig;
import org.ehashpool.kit.stats.StatsConfig;
import org.ehashpool.mint.api.InfoConfig;
import org.ehashpool.mint.api.PublicConfig;
import org.ehashpool.mint.core.MintProfile;
import org.ehashpool.mint.pool.OrderingConfig;
import org.ehashpool.mint.pool.PoolConfig;

/** The mint's configuration. */
record MintConfig(
        @Description("ehash, or test: unit sat, invoices that pay themselves, a database of its own, loopback only.")
        @Default("ehash")
        MintProfile profile,

        @Description("The file with the seed's BIP 39 words, chmod 600; otherwise $EHASH_HOME/mint/seed, made at the"
                + " first start.")
        Optional<Path> seedFile,

        @Key("public") PublicConfig publicPort,
        InfoConfig info,

        @Description("The pools that the mint makes quotes for.") @Default("[]")
        List<PoolConfig> pools,

        OrderingConfig ordering,
        LimitsConfig limits,
        TestConfig test,
        DatabaseConfig database,

        @Default("{ listen = '127.0.0.1:9113' }") HttpConfig http,
        LogConfig log,
        StatsConfig stats,
        RuntimeConfig runtime)
        implements ServiceConfig {

    public MintConfig {
        pools = List.copyOf(pools);
        PoolConfig.addresses(pools);
        if (profile == MintProfile.TEST && !publicPort.isLoopback()) {
            throw new IllegalArgumentException(
                    "public.listen on loopback in the test profile, whose ecash is worth" + " nothing");
        }
    }

    /** Where pools send wallets. */
    String mintUrl() {
        return ordering.mintUrl()
                .or(() -> info.urls().stream().findFirst())
                .map(URI::toString)
                .orElseGet(() -> "http://" + publicPort.listen());
    }

    /** What the test profile does besides. */
    record TestConfig(
            @Description("After what time an invoice of the test profile pays itself, to the second above.")
            @Default("0s")
            @Range(min = "0s", max = "1h")
            Duration paymentDelay) {}

    /** How large requests may be, and how many are worked on at a time. */
    record LimitsConfig(
            @Description("Inputs of a request.") @Default("1000") @Range(min = "1", max = "1000")
            int inputs,

            @Description("Outputs of a request.") @Default("1000") @Range(min = "1", max = "1000")
            int outputs,

            @Description("Quotes of a batch.") @Default("100") @Range(min = "1", max = "1000")
            int quotes,

            @Description("Bytes of an input's secret.") @Default("1024") @Range(min = "64", max = "65536")
            int secretLength,

            @Description("Bytes of an input's witness.") @Default("4096") @Range(min = "64", max = "65536")
            int witnessLength,

            @Description("Requests worked on at a time; one more is refused.")
            @Default("1024")
            @Range(min = "1", max = "100000")
            int operations,

            @Description("Threads for signing and verifying; 0 for one per processor.")
            @Default("0")
            @Range(min = "0", max = "1024")
            int curveThreads,

            @Description("Free space, where the mint's data live, below which it is not ready.")
            @Default("1GiB")
            @Range(min = "0B", max = "1024GiB")
            ByteSize diskFree) {}
}
