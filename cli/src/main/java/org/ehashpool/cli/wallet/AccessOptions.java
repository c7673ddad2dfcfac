package org.ehashpool.cli.wallet;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.ehashpool.cli.launch.RunningService;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.config.SecretFile;
import org.ehashpool.kit.postgres.DatabaseConfig;
import org.ehashpool.kit.service.DataDirectory;
import org.ehashpool.wallet.WalletOptions;
import org.ehashpool.wallet.mint.TrustedMint;
import org.ehashpool.wallet.seed.SeedFile;
import picocli.CommandLine.Option;

/** Which wallet, and how its answers are shown. */
final class AccessOptions {

    private static final String PASSPHRASE = "EHASH_WALLET_PASSPHRASE";
    private static final String TOKEN = "EHASH_TRANSLATOR_TOKEN";

    @Option(
            names = "--mint",
            paramLabel = "URL[#KEY]",
            description = "A mint to trust, and its public key to pin; may be repeated.")
    private List<String> mints = new ArrayList<>();

    @Option(
            names = "--seed-file",
            paramLabel = "FILE",
            description = "BIP 39 words, chmod 600. Default: $EHASH_HOME/wallet/seed.")
    private Optional<Path> seedFile = Optional.empty();

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "The passphrase that seals the seed file; otherwise the environment's " + PASSPHRASE + ".")
    private Optional<Path> passphraseFile = Optional.empty();

    @Option(names = "--insecure-http", description = "Allow mints by http beyond this machine.")
    private boolean insecureHttp;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "jdbc:postgresql://host:port/database; otherwise an embedded one in $EHASH_HOME/wallet.")
    private Optional<String> databaseUrl = Optional.empty();

    @Option(names = "--database-user", paramLabel = "ROLE", description = "The database's role.")
    private Optional<String> databaseUser = Optional.empty();

    @Option(
            names = "--database-password-file",
            paramLabel = "FILE",
            description = "A file with the role's password, chmod 600.")
    private Optional<Path> databasePasswordFile = Optional.empty();

    @Option(
            names = "--translator",
            paramLabel = "URL",
            description = "Use the wallet of a running translator, by its http.listen. Default: the running demo's,"
                    + " if there is one and neither --mint nor --seed-file is given.")
    private Optional<URI> translator = Optional.empty();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "A file, chmod 600, with the translator's http.token; otherwise the environment's " + TOKEN + ".")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    boolean json() {
        return json;
    }

    /**
     * The wallet that is meant.
     *
     * @throws IllegalArgumentException in words, if it cannot be told or opened
     */
    WalletAccess open(Map<String, String> environment) throws IOException {
        if (translator.isPresent()) {
            return new RemoteWallet(translator.get(), token(environment));
        }
        if (mints.isEmpty() && seedFile.isEmpty()) {
            Optional<WalletAccess> demo = demo(environment);
            if (demo.isPresent()) {
                return demo.get();
            }
        }
        return openLocal(environment);
    }

    /** The demo says where its translator is while it runs. */
    private static Optional<WalletAccess> demo(Map<String, String> environment) throws IOException {
        return RunningService.find(RunningService.demo(home(environment)), "translator")
                .map(translator -> new RemoteWallet(translator.url(), translator.token()));
    }

    private Secret token(Map<String, String> environment) {
        String given = environment.getOrDefault(TOKEN, "");
        if (tokenFile.isPresent()) {
            return read(tokenFile.get());
        }
        if (given.isBlank()) {
            throw new IllegalArgumentException("--token-file or " + TOKEN + " is needed with --translator");
        }
        return Secret.of(given);
    }

    private static Secret read(Path file) {
        try {
            return SecretFile.read(file);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": expected " + e.getMessage(), e);
        }
    }

    /**
     * A wallet of the command's own.
     *
     * @throws IllegalArgumentException in words, if it has no seed yet, or cannot be opened
     */
    LocalWallet openLocal(Map<String, String> environment) throws IOException {
        Path file = ownSeedFile(environment);
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(file + ": there is no seed; ./ehash wallet new-key makes one");
        }
        return openSeed(file, environment);
    }

    /**
     * A wallet of the command's own, which gets a seed if it has none.
     *
     * @param say receives what has to be known of a seed that was made
     */
    LocalWallet openOrMake(Map<String, String> environment, Consumer<String> say) throws IOException {
        Path file = ownSeedFile(environment);
        if (!Files.exists(file)) {
            Optional<Secret> passphrase = passphrase(environment);
            SecureRandom random = new SecureRandom();
            SeedFile.create(file, SeedFile.newWords(random), passphrase, random);
            say.accept("a new seed is in " + file + (passphrase.isPresent() ? ", sealed by the passphrase" : "")
                    + ": copy it to a safe place. It alone restores this wallet, and whoever reads it has its ecash.");
        }
        return openSeed(file, environment);
    }

    private Path ownSeedFile(Map<String, String> environment) {
        if (translator.isPresent()) {
            throw new IllegalArgumentException("this command is for a wallet of its own, without --translator");
        }
        return seedFile.orElseGet(() -> home(environment).resolve("wallet").resolve("seed"));
    }

    private LocalWallet openSeed(Path file, Map<String, String> environment) throws IOException {
        WalletSeed seed = SeedFile.read(file, passphrase(environment));
        return LocalWallet.open(
                database().resolve("wallet", environment, Path.of(System.getProperty("user.home"))),
                seed,
                SeedFile.isSealed(file),
                options());
    }

    /**
     * The one mint that is given.
     *
     * @throws IllegalArgumentException in words, if there is none, or more
     */
    TrustedMint onlyMint() {
        List<TrustedMint> given = options().mints();
        if (given.size() != 1) {
            throw new IllegalArgumentException("one --mint URL is needed");
        }
        return given.getFirst();
    }

    private WalletOptions options() {
        WalletOptions usual = WalletOptions.of(List.of());
        return new WalletOptions(
                mints.stream().map(TrustedMint::parse).toList(),
                usual.units(),
                insecureHttp,
                usual.keyRotation(),
                usual.lookupInterval(),
                usual.requestTimeout(),
                usual.consolidation());
    }

    private Optional<Secret> passphrase(Map<String, String> environment) {
        if (passphraseFile.isPresent()) {
            return Optional.of(read(passphraseFile.get()));
        }
        String given = environment.getOrDefault(PASSPHRASE, "");
        return given.isBlank() ? Optional.empty() : Optional.of(Secret.of(given));
    }

    private DatabaseConfig database() {
        return new DatabaseConfig(
                databaseUrl,
                databaseUser,
                databasePasswordFile.map(AccessOptions::read),
                4,
                64,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                8,
                Optional.empty(),
                Optional.empty());
    }

    private static Path home(Map<String, String> environment) {
        return DataDirectory.base(environment, Path.of(System.getProperty("user.home")));
    }
}
