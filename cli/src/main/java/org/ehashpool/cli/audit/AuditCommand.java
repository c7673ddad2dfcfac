package org.ehashpool.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ehashpool.cli.launch.Launch;
import org.ehashpool.cli.launch.RunningService;
import org.ehashpool.cli.management.ManagementAccess;
import org.ehashpool.cli.management.ManagementPort;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares what a pool has credited with what a mint has quoted, issued and signed, and that with what a wallet claims. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Compare a running pool's credits with a running mint's quotes and signatures, one by one;",
            "and what the mint has issued to a wallet's keys with what the wallet claims.",
            "Nothing is changed. Both keep working meanwhile; what is on its way is counted apart."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:everything was compared, and agrees",
            "1:something differs, or somebody did not answer",
            "2:wrong arguments",
            "3:what was compared agrees, but orders of other mints were not compared",
            "4:what was compared agrees, but no wallet was compared (--no-wallet: none is to be)"
        })
public final class AuditCommand implements Callable<Integer> {
    private static final URI POOL = URI.create("http://127.0.0.1:9108");
    private static final URI MINT = URI.create("http://127.0.0.1:9113");

    private static final int AGREES = 0;
    private static final int DIFFERS = 1;
    private static final int NOT_ALL_COMPARED = 3;
    private static final int WALLET_NOT_COMPARED = 4;

    /** How far clocks may be apart, and a transaction may take. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final InstantSource clock;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything.
    private CommandSpec spec;

    @Option(
            names = "--pool",
            paramLabel = "URL",
            description = "The pool's HTTP port. Default: the running demo's, or http://127.0.0.1:9108.")
    private Optional<URI> pool = Optional.empty();

    @Option(
            names = "--pool-token-file",
            paramLabel = "FILE",
            description = "A file with the pool's http.token; otherwise the environment's EHASH_POOL_TOKEN.")
    private Optional<Path> poolToken = Optional.empty();

    @Option(
            names = "--mint",
            paramLabel = "URL",
            description = "The mint's management port. Default: the running demo's, or http://127.0.0.1:9113.")
    private Optional<URI> mint = Optional.empty();

    @Option(
            names = "--mint-token-file",
            paramLabel = "FILE",
            description = "A file with the mint's http.token; otherwise the environment's EHASH_MINT_TOKEN.")
    private Optional<Path> mintToken = Optional.empty();

    @Option(
            names = "--wallet",
            paramLabel = "URL",
            description = "The HTTP port of the translator whose wallet is compared. Default: the running demo's.")
    private Optional<URI> wallet = Optional.empty();

    @Option(
            names = "--wallet-token-file",
            paramLabel = "FILE",
            description =
                    "A file with the translator's http.token; otherwise the environment's EHASH_TRANSLATOR_TOKEN.")
    private Optional<Path> walletToken = Optional.empty();

    @Option(
            names = "--wallet-file",
            paramLabel = "FILE",
            description = "The claims of a wallet by itself, as ./ehash wallet claims prints them.")
    private Optional<Path> walletFile = Optional.empty();

    @Option(names = "--no-wallet", description = "Pool and mint are all that is to be compared.")
    private boolean noWallet;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** With this process's environment and clock. */
    public AuditCommand() {
        this(System.getenv(), InstantSource.system());
    }

    AuditCommand(Map<String, String> environment, InstantSource clock) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        ManagementPort toPool = connect("pool", pool, poolToken, "EHASH_POOL_TOKEN", POOL);
        ManagementPort toMint = connect("mint", mint, mintToken, "EHASH_MINT_TOKEN", MINT);
        long cut = clock.instant().minus(MARGIN).toEpochMilli();
        String key = toMint.get("/api/v1/status").path("public_key").asText();
        if (!key.matches("0[23][0-9a-f]{64}")) {
            throw new IllegalStateException("the mint does not say its public key");
        }
        try (WalletSide side = walletSide(key)) {
            return compare(toPool, toMint, side, key, cut);
        }
    }

    private int compare(ManagementPort toPool, ManagementPort toMint, @Nullable WalletSide side, String key, long cut) {
        JsonNode ledger = toPool.get("/api/v1/audit/ledger");
        Comparison comparison = new Comparison(key.substring(2), cut);
        Iterator<MintQuote> quotes = new Extract<>(page(toMint, "quotes"), MintQuote::read);
        comparison.run(
                new Extract<>(page(toPool, "orders"), PoolOrder::read), side == null ? quotes : side.watch(quotes));
        JsonNode books = toMint.get("/api/v1/audit/books");
        Books.ofPool(ledger).forEach(comparison::differs);
        Books.ofMint(books).forEach(comparison::differs);
        long differing = comparison.differing();
        List<Difference> differences = new ArrayList<>(comparison.differences());
        if (side != null) {
            WalletComparison ofWallet = side.finish();
            differing += ofWallet.differing();
            differences.addAll(ofWallet.differences());
        }

        ObjectNode report = report(comparison, ledger, books, differing, differences);
        report.set("wallet", side == null ? null : side.report());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report.toPrettyString());
        } else {
            AuditText.print(report, out);
        }
        out.flush();
        if (differing > 0) {
            return DIFFERS;
        }
        if (comparison.elsewhere() > 0) {
            return NOT_ALL_COMPARED;
        }
        return side == null && !noWallet ? WALLET_NOT_COMPARED : AGREES;
    }

    /** The wallet that is named, else the demo's while it runs; null if there is none. */
    private @Nullable WalletSide walletSide(String mintKey) throws IOException {
        long named = Stream.of(wallet.isPresent(), walletFile.isPresent(), noWallet)
                .filter(given -> given)
                .count();
        if (named > 1) {
            throw new ParameterException(
                    spec.commandLine(), "one of --wallet, --wallet-file and --no-wallet is expected");
        }
        if (walletFile.isPresent()) {
            return WalletSide.ofFile(walletFile.get(), mintKey);
        }
        if (noWallet) {
            return null;
        }
        if (wallet.isPresent()) {
            return WalletSide.ofService(
                    ManagementAccess.connect(
                            spec.commandLine(),
                            "translator",
                            wallet.get(),
                            walletToken,
                            "EHASH_TRANSLATOR_TOKEN",
                            environment,
                            new ManagementAccess.Options("--wallet", "--wallet-token-file")),
                    mintKey);
        }
        if (pool.isPresent() || mint.isPresent()) {
            return null;
        }
        Optional<RunningService> demo = RunningService.find(RunningService.demo(Launch.home()), "translator");
        return demo.isEmpty()
                ? null
                : WalletSide.ofService(
                        new ManagementPort(
                                "translator", demo.get().url(), demo.get().token()),
                        mintKey);
    }

    private static Function<Optional<ShareHash>, JsonNode> page(ManagementPort to, String name) {
        return after -> to.get("/api/v1/audit/" + name
                        + after.map(hash -> "?after=" + hash.text()).orElse(""))
                .path(name);
    }

    private static ObjectNode report(
            Comparison comparison, JsonNode ledger, JsonNode books, long differing, List<Difference> differences) {
        ObjectNode report = ManagementPort.object();
        report.set("pool", ledger);
        report.set("mint", books);
        report.putObject("compared")
                .put("orders", comparison.matched())
                .put("amount", comparison.matchedAmount().toString())
                .put("issued", comparison.issued().toString())
                .put("in_flight", comparison.inFlight())
                .put("answers_lost", comparison.answersLost())
                .put("refused", comparison.refused())
                .put("newer_than_the_audit", comparison.later())
                .put("not_compared", comparison.elsewhere());
        report.put("differing", differing);
        ArrayNode named = report.putArray("differences");
        for (Difference difference : differences) {
            named.addObject()
                    .put("kind", difference.kind())
                    .put("subject", difference.subject())
                    .put("detail", difference.detail());
        }
        return report;
    }

    /** The service that is named; without a name or a token for it, the demo's while it runs. */
    private ManagementPort connect(
            String service, Optional<URI> url, Optional<Path> tokenFile, String variable, URI usual)
            throws IOException {
        if (url.isEmpty() && tokenFile.isEmpty()) {
            Optional<RunningService> demo = RunningService.find(RunningService.demo(Launch.home()), service);
            if (demo.isPresent()) {
                return new ManagementPort(service, demo.get().url(), demo.get().token());
            }
        }
        return ManagementAccess.connect(
                spec.commandLine(),
                service,
                url.orElse(usual),
                tokenFile,
                variable,
                environment,
                new ManagementAccess.Options("--" + service, "--" + service + "-token-file"));
    }
}
