package org.ehashpool.cli.interop.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.ehashpool.cli.interop.peer.ScenarioFailure;
import org.ehashpool.cli.interop.peer.WatchedProcess;
import org.ehashpool.cli.launch.Launch;
import org.ehashpool.kit.keys.AuthorityKeyFile;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.curve.CurveSelection;

/** Template provider, pool, mint and miner, where shares are paid to a key; and a wallet of ours by its commands. */
public final class PaidMining {
    private static final Duration PAID = Duration.ofSeconds(90);
    private static final Pattern TOKEN = Pattern.compile("(cashuB[0-9A-Za-z_-]+)");
    private static final Pattern PUBLIC_KEY = Pattern.compile("\"public_key\":\"([0-9a-f]{66})\"");
    private static final Pattern ANSWERED = Pattern.compile("(received .*)");
    private static final Pattern AGREED = Pattern.compile("(.*)");

    private final Site site;
    private final Mint mint;
    private final Pool pool;
    private final String token;
    private final Path keyFile;
    private final String key;

    private PaidMining(Site site, Mint mint, Pool pool, String token, Path keyFile, String key) {
        this.site = site;
        this.mint = mint;
        this.pool = pool;
        this.token = token;
        this.keyFile = keyFile;
        this.key = key;
    }

    /**
     * Starts all but the miner.
     *
     * @param bits the compact target of the embedded chain's blocks, hexadecimal
     */
    public static PaidMining start(Site site, String bits) throws ScenarioFailure, IOException, InterruptedException {
        String templates = TemplateSource.embedded(site, bits);
        int port = Site.freePort();
        String token = UUID.randomUUID().toString();
        Mint mint = Mint.forPool(site, "stratum2+tcp://127.0.0.1:" + port + "/" + poolKey(site), token);
        Pool pool = Pool.paying(site, templates, port, mint.publicKey(), token);
        Path keyFile = site.directory("miner").resolve("locking.key");
        String key = site.ask(
                "new-key",
                ehash("wallet", "new-key", "--json", "--key-file", keyFile.toString()),
                Map.of(),
                PUBLIC_KEY);
        PaidMining mining = new PaidMining(site, mint, pool, token, keyFile, key);
        // Makes our wallet's seed; it is paid by tokens only.
        var _ = mining.wallet(PUBLIC_KEY, "new-key", "--json");
        return mining;
    }

    /** The key that the pool will find: the mint is to know it before the pool starts, and the pool the mint's. */
    private static String poolKey(Site site) throws IOException {
        SecureRandom random = new SecureRandom();
        try (AuthorityKeyPair pair = AuthorityKeyFile.loadOrCreate(
                Files.createDirectories(site.directory(Pool.NAME).resolve(Pool.NAME))
                        .resolve("pool-authority.key"),
                CurveSelection.select(random).curve(),
                random)) {
            return pair.publicKey().toString();
        }
    }

    /** Mines until so many shares are accepted, then no more, and until a quote waits for each of them. */
    public void mine(int shares) throws ScenarioFailure, IOException, InterruptedException {
        WatchedProcess miner = Miners.oursAs(site, pool.url(), key + ".interop");
        pool.awaitAccepted("extended", shares, PAID);
        site.stop(miner);
        site.await("a quote for each share", PAID, () -> pool.waitingForQuotes() == 0);
    }

    /**
     * A foreign wallet mints quotes of the miner's key.
     *
     * @param most how many
     * @return its token of all that it got
     */
    public String claim(String peer, int most) throws ScenarioFailure, IOException, InterruptedException {
        String secret = Files.readString(keyFile).strip();
        return site.ask(
                peer + "-claim-" + most,
                List.of(
                        site.executable(peer),
                        "claim",
                        "--mint",
                        mint.url(),
                        "--key",
                        secret,
                        "--limit",
                        Integer.toString(most)),
                Map.of(),
                TOKEN);
    }

    /** A foreign wallet takes a token. */
    public void receiveAt(String peer, String ecash) throws ScenarioFailure, IOException, InterruptedException {
        var _ = site.ask(
                peer + "-receive",
                List.of(site.executable(peer), "receive", "--mint", mint.url(), "--token", ecash),
                Map.of(),
                TOKEN);
    }

    /** Our wallet takes a token. */
    public void receive(String ecash) throws ScenarioFailure, IOException, InterruptedException {
        site.note("ours " + wallet(ANSWERED, "receive", ecash));
    }

    /** Our wallet makes a token. */
    public String send(String amount) throws ScenarioFailure, IOException, InterruptedException {
        return wallet(TOKEN, "send", amount);
    }

    private String wallet(Pattern wanted, String... arguments)
            throws ScenarioFailure, IOException, InterruptedException {
        List<String> command = ehash("wallet");
        command.addAll(List.of(arguments));
        command.addAll(List.of("--mint", mint.url()));
        return site.ask(
                "wallet", command, Map.of("EHASH_HOME", site.directory("wallet").toString()), wanted);
    }

    /** The audit of pool and mint has to agree. */
    public void audit() throws ScenarioFailure, IOException, InterruptedException {
        var _ = site.ask(
                "audit",
                ehash(
                        "audit",
                        "--pool",
                        pool.http().toString(),
                        "--mint",
                        mint.http().toString(),
                        "--no-wallet"),
                Map.of("EHASH_POOL_TOKEN", token, "EHASH_MINT_TOKEN", token),
                AGREED);
    }

    private static List<String> ehash(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(Launch.service("cli"));
        command.addAll(List.of(arguments));
        return command;
    }
}
