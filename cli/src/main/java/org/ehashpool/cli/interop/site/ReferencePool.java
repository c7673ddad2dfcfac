package org.ehashpool.cli.interop.site;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.ehashpool.cli.interop.peer.ScenarioFailure;
import org.ehashpool.cli.interop.peer.WatchedProcess;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.curve.CurveSelection;

/** The reference implementation's pool, in place of ours. */
public final class ReferencePool {
    /** The peer's name. */
    public static final String PEER = "reference-pool";

    private static final String SHARE = "share";
    private static final String LISTENING = "listening";
    private static final Duration START = Duration.ofSeconds(30);

    private final Site site;
    private final WatchedProcess process;
    private final String url;

    private ReferencePool(Site site, WatchedProcess process, String url) {
        this.site = site;
        this.process = process;
        this.url = url;
    }

    /**
     * Starts one with a key of its own.
     *
     * @param templateProvider where it gets templates from, {@code stratum2+tcp://HOST:PORT/KEY}
     */
    public static ReferencePool start(Site site, String templateProvider)
            throws ScenarioFailure, IOException, InterruptedException {
        SecureRandom random = new SecureRandom();
        int port = Site.freePort();
        Path file = site.directory(PEER).resolve("pool.toml");
        try (AuthorityKeyPair authority =
                AuthorityKeyPair.generate(CurveSelection.select(random).curve(), random)) {
            Files.writeString(file, configuration(authority, port, URI.create(templateProvider)));
            WatchedProcess process = site.start(
                    PEER,
                    List.of(site.executable(PEER), "--config", file.toString()),
                    Map.of("RUST_LOG", "info"),
                    Map.of(
                            SHARE,
                            Pattern.compile("SubmitShares(?:Standard|Extended): .*(?:valid share|✅|Block Found)"),
                            LISTENING,
                            Pattern.compile("(?i)downstream server")));
            site.await(PEER + " to listen", START, () -> process.count(LISTENING) > 0);
            return new ReferencePool(site, process, "stratum2+tcp://127.0.0.1:" + port + "/" + authority.publicKey());
        }
    }

    private static String configuration(AuthorityKeyPair authority, int port, URI templateProvider) {
        return """
                authority_public_key = "%s"
                authority_secret_key = "%s"
                cert_validity_sec = 3600
                listen_address = "127.0.0.1:%d"
                coinbase_reward_script = "addr(%s)"
                server_id = 1
                pool_signature = "%s"
                shares_per_minute = 60.0
                share_batch_size = 1

                [template_provider_type.Sv2Tp]
                address = "%s:%d"
                public_key = "%s"
                """.formatted(
                        authority.publicKey(),
                        authority.exportSecret(),
                        port,
                        Pool.PAID_TO,
                        Pool.TAG,
                        templateProvider.getHost(),
                        templateProvider.getPort(),
                        templateProvider.getPath().substring(1));
    }

    /** Where it serves miners. */
    public String url() {
        return url;
    }

    /** Waits until it has acknowledged so many shares. */
    public void awaitAccepted(long wanted, Duration limit) throws ScenarioFailure, InterruptedException {
        site.await(wanted + " shares accepted by " + PEER, limit, () -> process.count(SHARE) >= wanted);
    }
}
