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

    /** ESP-Miner's client under a program that keeps the peer contract. */
    public static final String ESP_MINER = "esp-miner";

    /** Lines that say that shares were accepted; what is counted differs between programs. */
    public static final String ACCEPTED = "accepted";

    /** Lines that say that a share was refused. */
    public static final String REFUSED = "refused";

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
        return ours(site, url, type, List.of());
    }

    /** Our own miner, slow: where every other hash is a block, as on regtest, it would else find nothing but blocks. */
    public static WatchedProcess oursSlowly(Site site, String url, String type) throws IOException {
        return ours(site, url, type, List.of("--hashrate", "64"));
    }

    private static WatchedProcess ours(Site site, String url, String type, List<String> more) throws IOException {
        List<String> command = new ArrayList<>(Launch.service("miner"));
        command.addAll(List.of("mine", url, "--" + type, "--user", "interop.ours", "--threads", "1"));
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
