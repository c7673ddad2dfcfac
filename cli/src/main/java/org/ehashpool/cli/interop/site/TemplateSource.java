package org.ehashpool.cli.interop.site;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.ehashpool.cli.interop.peer.ScenarioFailure;
import org.ehashpool.cli.interop.peer.WatchedProcess;

/** Where a pool gets its templates from; the constant names foreign software. */
public final class TemplateSource {
    /** The official template provider's name as a peer. */
    public static final String SV2_TP = "sv2-tp";

    private static final String KEY = "authority key";
    private static final Duration START = Duration.ofSeconds(30);

    private TemplateSource() {}

    /**
     * The official template provider, which asks the node over IPC.
     *
     * @return where it serves, with its key
     */
    public static String official(Site site, BitcoinNode node)
            throws ScenarioFailure, IOException, InterruptedException {
        int port = Site.freePort();
        Path directory = site.directory(SV2_TP);
        // It does not make the directory of its network itself.
        Files.createDirectories(directory.resolve("regtest"));
        WatchedProcess process = site.start(
                SV2_TP,
                List.of(
                        site.executable(SV2_TP),
                        "-regtest",
                        "-datadir=" + directory,
                        "-ipcconnect=unix:" + node.socket(),
                        "-sv2bind=127.0.0.1",
                        "-sv2port=" + port,
                        "-debug=sv2"),
                Map.of(),
                Map.of(
                        KEY,
                        Pattern.compile("authority key: ([1-9A-Za-z]+)"),
                        "listening",
                        Pattern.compile("listening on")));
        site.await(SV2_TP + " to listen", START, () -> process.count(KEY) > 0 && process.count("listening") > 0);
        return "stratum2+tcp://127.0.0.1:" + port + "/" + process.last(KEY).orElseThrow();
    }

    /**
     * Our template provider, which asks the node by JSON-RPC.
     *
     * @return where it serves, with its key
     */
    public static String ours(Site site, BitcoinNode node) throws ScenarioFailure, IOException, InterruptedException {
        return start(site, node(node));
    }

    /**
     * Our template provider as the reference pool needs it: without templates ahead.
     *
     * @return where it serves, with its key
     */
    public static String oursForReferencePool(Site site, BitcoinNode node)
            throws ScenarioFailure, IOException, InterruptedException {
        return start(site, node(node) + """
                [serving]
                ahead = false
                """);
    }

    /**
     * Our template provider with its embedded chain, whose blocks come seldom: a CPU finds many shares between two.
     *
     * @param bits the compact target of its blocks, hexadecimal
     * @return where it serves, with its key
     */
    public static String embedded(Site site, String bits) throws ScenarioFailure, IOException, InterruptedException {
        return start(site, """
                [embedded_chain]
                bits = "%s"
                rpc_listen = "127.0.0.1:%d"
                """.formatted(bits, Site.freePort()));
    }

    private static String node(BitcoinNode node) {
        return """
                [node]
                url = "%s"
                cookie = "%s"
                network = "%s"

                """.formatted(node.url(), node.cookie(), node.chain().title());
    }

    private static String start(Site site, String node) throws ScenarioFailure, IOException, InterruptedException {
        Service service = site.service("template-provider", """
                [sv2]
                listen = "127.0.0.1:%d"

                """.formatted(Site.freePort()) + node);
        service.awaitReady();
        return URI.create(service.awaitAddress()).toString();
    }
}
