package org.ehashpool.cli.interop.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.ehashpool.cli.interop.peer.ScenarioFailure;
import org.ehashpool.cli.interop.peer.WatchedProcess;
import org.ehashpool.cli.launch.Launch;

/** The programs that mine; the constants name foreign software as peers. */
public final class Miners {
    /** The reference implementation's CPU miner: standard channels, header only. */
    public static final String MINING_DEVICE = "mining-device";

    /** The reference implementation's translator from SV1. */
    public static final String TRANSLATOR = "translator";

    /** The SV1 CPU miner of pooler's cpuminer. */
    public static final String MINERD = "minerd";

    /** JayDDee's cpuminer, SV1. */
    public static final String CPUMINER_OPT = "cpuminer-opt";

    /** Luke Dashjr's miner with its CPU driver, SV1. */
    public static final String BFGMINER = "bfgminer";

    /** ESP-Miner's client under a program that keeps the peer contract. */
    public static final String ESP_MINER = "esp-miner";

    /** Lines that say that shares were accepted; what is counted differs between programs. */
    public static final String ACCEPTED = "accepted";

    /** Lines that say that a share was refused. */
    public static final String REFUSED = "refused";

    /** Lines whose first group is how many shares were accepted so far, of programs that say so. */
    private static final String SUM = "sum";

    private static final String LISTENING = "listening";
    private static final Duration START = Duration.ofSeconds(30);

    private Miners() {}

    /**
     * Our own miner, on one thread.
     *
     * @param url of a pool, {@code stratum2+tcp://HOST:PORT/KEY}
     * @param type {@code standard} or {@code extended}
     */
    public static WatchedProcess ours(Site site, String url, String type) throws IOException {
        return ours(site, url, List.of("--" + type));
    }

    /** Our own miner on an extended channel, under a name. */
    static WatchedProcess oursAs(Site site, String url, String user) throws IOException {
        return ours(site, url, user, List.of("--extended"));
    }

    /** Our own miner, slow: where every other hash is a block, as on regtest, it would else find nothing but blocks. */
    public static WatchedProcess oursSlowly(Site site, String url, String type) throws IOException {
        return ours(site, url, List.of("--" + type, "--hashrate", "64"));
    }

    /** The same over SV1. */
    public static WatchedProcess oursSlowly(Site site, String url) throws IOException {
        return ours(site, url, List.of("--hashrate", "64"));
    }

    private static WatchedProcess ours(Site site, String url, List<String> more) throws IOException {
        return ours(site, url, "interop.ours", more);
    }

    private static WatchedProcess ours(Site site, String url, String user, List<String> more) throws IOException {
        List<String> command = new ArrayList<>(Launch.service("miner"));
        command.addAll(List.of("mine", url, "--user", user, "--threads", "1"));
        command.addAll(more);
        command.addAll(List.of("--json", "--for", "10m"));
        return site.start(
                "miner",
                command,
                Map.of(),
                Map.of(
                        ACCEPTED,
                        Pattern.compile("\"shares_accepted\":([1-9][0-9]*)"),
                        REFUSED,
                        Pattern.compile("\"rejected\":(\\{\".*?\\})")));
    }

    /** The reference mining device: a line for each message that acknowledges shares. */
    public static WatchedProcess miningDevice(Site site, Pool pool) throws IOException {
        return site.start(
                MINING_DEVICE,
                List.of(
                        site.executable(MINING_DEVICE),
                        "--address-pool",
                        pool.host() + ":" + pool.port(),
                        "--pubkey-pool",
                        pool.key(),
                        "--id-device",
                        "interop",
                        "--id-user",
                        "interop.device"),
                Map.of("RUST_LOG", "info"),
                Map.of(
                        ACCEPTED,
                        Pattern.compile("Received SubmitSharesSuccess"),
                        REFUSED,
                        Pattern.compile("SubmitSharesError with error code (.*)")));
    }

    /**
     * The reference translator between SV1 miners and our pool, as {@link #minerd} needs it.
     *
     * @param aggregated whether all its miners share one upstream channel
     * @return the port for SV1
     */
    public static int translator(Site site, Pool pool, boolean aggregated)
            throws ScenarioFailure, IOException, InterruptedException {
        int port = Site.freePort();
        Path file = site.directory(TRANSLATOR).resolve("translator.toml");
        Files.writeString(file, translatorConfiguration(port, pool.host(), pool.port(), pool.key(), aggregated));
        WatchedProcess process = site.start(
                TRANSLATOR,
                List.of(site.executable(TRANSLATOR), "--config", file.toString()),
                Map.of("RUST_LOG", "info"),
                Map.of(
                        ACCEPTED,
                        Pattern.compile("SubmitShares\\.?Success"),
                        REFUSED,
                        Pattern.compile("SubmitShares\\.?Error(.*)"),
                        LISTENING,
                        Pattern.compile("(?i)listening")));
        site.await(TRANSLATOR + " to listen", START, () -> process.count(LISTENING) > 0);
        return port;
    }

    static String translatorConfiguration(int port, String host, int poolPort, String key, boolean aggregated) {
        return """
                downstream_address = "127.0.0.1"
                downstream_port = %d
                max_supported_version = 2
                min_supported_version = 2
                downstream_extranonce2_size = 4
                verify_payout = false
                aggregate_channels = %s
                supported_extensions = [0x0002]
                required_extensions = [0x0002]

                [downstream_difficulty_config]
                min_individual_miner_hashrate = 1_000_000.0
                shares_per_minute = 60.0
                enable_vardiff = true
                job_keepalive_interval_secs = 60

                [[upstreams]]
                address = "%s"
                port = %d
                authority_pubkey = "%s"
                user_identity = "interop"
                """.formatted(port, aggregated, host, poolPort, key);
    }

    /** An SV1 CPU miner on one thread: a line for each share that is answered. */
    public static WatchedProcess minerd(Site site, int port) throws IOException {
        return site.start(
                MINERD,
                List.of(
                        site.executable(MINERD),
                        "--algo=sha256d",
                        "--url=stratum+tcp://127.0.0.1:" + port,
                        "--user=interop.minerd",
                        "--pass=x",
                        "--threads=1",
                        "--no-longpoll"),
                Map.of(),
                Map.of(
                        ACCEPTED,
                        Pattern.compile("accepted: ([0-9]+)/[0-9]+ .*yay"),
                        REFUSED,
                        Pattern.compile("accepted: .*(booooo.*|reject.*)")));
    }

    /**
     * Another SV1 CPU miner on one thread: its lines say how many shares were accepted, stale and refused so far.
     * Several answers may stand in one line.
     */
    public static WatchedProcess cpuminerOpt(Site site, int port) throws IOException {
        return site.start(
                CPUMINER_OPT,
                List.of(
                        site.executable(CPUMINER_OPT),
                        "--algo=sha256d",
                        "--url=stratum+tcp://127.0.0.1:" + port,
                        "--user=interop.opt",
                        "--pass=x",
                        "--threads=1",
                        "--no-color"),
                Map.of(),
                Map.of(
                        SUM,
                        Pattern.compile("\\] [0-9]+ A(?:ccepted )?([0-9]+) S"),
                        REFUSED,
                        Pattern.compile("(Stale [0-9]+|Rejected [0-9]+)")));
    }

    /** An SV1 miner on one thread, whose share log has a line for each share that is answered. */
    public static WatchedProcess bfgminer(Site site, int port) throws IOException {
        return site.start(
                BFGMINER,
                List.of(
                        site.executable(BFGMINER),
                        "--scan=cpu:auto",
                        "--cpu-threads=1",
                        "--url=stratum+tcp://127.0.0.1:" + port,
                        "--user=interop.bfg",
                        "--pass=x",
                        "--text-only",
                        "--no-getwork",
                        "--no-gbt",
                        "--sharelog=-"),
                Map.of(),
                Map.of(
                        ACCEPTED,
                        Pattern.compile("[0-9]+,accept,[0-9a-f]{64},"),
                        REFUSED,
                        Pattern.compile("[0-9]+,(?:reject|stale|discard),[0-9a-f]{64},")));
    }

    /** How many shares an SV1 miner was told count: by its own count, or by its lines where it has none. */
    public static long accepted(WatchedProcess miner) {
        return miner.looksFor(SUM) ? miner.last(SUM).map(Long::parseLong).orElse(0L) : miner.count(ACCEPTED);
    }

    /**
     * ESP-Miner's client with nonces from a CPU: an event for each message that acknowledges shares.
     *
     * @param type {@code standard} or {@code extended}
     */
    public static WatchedProcess espMiner(Site site, Pool pool, String type) throws IOException {
        return site.start(
                ESP_MINER,
                List.of(
                        site.executable(ESP_MINER),
                        "miner",
                        "--connect",
                        pool.host() + ":" + pool.port(),
                        "--authority",
                        pool.key(),
                        "--channel",
                        type,
                        "--user",
                        "interop.esp",
                        "--hashrate",
                        "300000",
                        "--shares",
                        "1000000",
                        "--timeout",
                        "600"),
                Map.of(),
                Map.of(
                        ACCEPTED,
                        Pattern.compile("\"event\":\"accepted\".*\"total\":([0-9]+)"),
                        REFUSED,
                        Pattern.compile("\"event\":\"rejected\",\"reason\":\"([^\"]*)")));
    }
}
