package org.ehashpool.cli.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cli.audit.ClaimsFile;
import org.ehashpool.kit.config.SecretFile;
import org.ehashpool.wallet.MintStatus;
import org.ehashpool.wallet.Wallet;
import org.ehashpool.wallet.WalletOptions;
import org.ehashpool.wallet.api.WalletJson;
import org.ehashpool.wallet.restore.Restoration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A wallet for ehash. Exit status: 0 done, 1 refused or no answer, 2 wrong arguments. */
@Command(
        name = "wallet",
        mixinStandardHelpOptions = true,
        description = {"A wallet for ehash: by itself, or that of a running translator.", WalletJson.NOTICE})
public final class WalletCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything.
    private CommandSpec spec;

    private final Map<String, String> environment;

    /** With this process's environment. */
    public WalletCommand() {
        this(System.getenv());
    }

    WalletCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "wallet needs one of: " + String.join(", ", spec.subcommands().keySet()));
    }

    @Command(
            name = "new-key",
            mixinStandardHelpOptions = true,
            description = "A new key to mine to: the user name is KEY.WORKER. Makes a seed at the first time.")
    int newKey(
            @Mixin AccessOptions access,
            @Option(
                            names = "--key-file",
                            paramLabel = "FILE",
                            description = "Keep the secret key in this new file, instead of deriving it from a seed.")
                    Optional<Path> keyFile)
            throws IOException {
        if (keyFile.isPresent()) {
            try (SecretKey key = SecretKey.random(new SecureRandom())) {
                keep(keyFile.get(), key);
                return showKey(access, key.publicKey().toString());
            }
        }
        try (LocalWallet local = access.openOrMake(environment, this::tell)) {
            return showKey(access, local.wallet().newLockingKey().toString());
        }
    }

    private static void keep(Path file, SecretKey key) throws IOException {
        try (var channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            String text = key.apply(bytes -> HexFormat.of().formatHex(bytes)) + "\n";
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /** Beside the answer. */
    private void tell(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    private int showKey(AccessOptions access, String key) {
        JsonObject shown = new JsonObject().put("public_key", key).put("user_name", key + ".worker");
        return show(access, LocalWallet.json(shown), answer -> print("mine as " + key + ".worker"));
    }

    @Command(
            name = "claim",
            mixinStandardHelpOptions = true,
            description = "Mint from all quotes that are locked to the wallet's keys, at the mints given.")
    int claim(
            @Mixin AccessOptions access,
            @Option(
                            names = "--key-file",
                            paramLabel = "FILE",
                            description = "A secret key, 64 hexadecimal digits, chmod 600: its quotes are claimed too.")
                    Optional<Path> keyFile)
            throws IOException {
        try (LocalWallet local = access.openOrMake(environment, this::tell)) {
            Wallet wallet = local.wallet();
            keyFile.ifPresent(file -> wallet.give(key(file)));
            JsonArray mints = new JsonArray();
            for (MintStatus mint : mints(wallet)) {
                int quotes = LocalWallet.told(() -> wallet.claim(mint.mint()));
                mints.add(new JsonObject().put("url", mint.mint().text()).put("quotes_claimed", quotes));
            }
            JsonObject answer = new JsonObject()
                    .put("notice", WalletJson.NOTICE)
                    .put("mints", mints)
                    .put("balances", WalletJson.balances(wallet.balances()));
            return show(access, LocalWallet.json(answer), json -> {
                json.path("mints")
                        .forEach(mint -> print(mint.path("url").asText() + ": quotes claimed "
                                + mint.path("quotes_claimed").asInt()));
                printBalances(json);
            });
        }
    }

    private static SecretKey key(Path file) {
        try {
            return SecretKey.parse(SecretFile.read(file).reveal());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + ": expected a file, chmod 600, with a secret key of 64 hexadecimal digits");
        }
    }

    private static Iterable<MintStatus> mints(Wallet wallet) {
        if (wallet.mints().isEmpty()) {
            throw new IllegalArgumentException("--mint URL is needed");
        }
        return wallet.mints();
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = "Get back, from the seed alone, what it has at the mints given.")
    int restore(@Mixin AccessOptions access) throws IOException {
        try (LocalWallet local = access.openLocal(environment)) {
            JsonArray mints = new JsonArray();
            for (MintStatus mint : mints(local.wallet())) {
                Restoration.Report report =
                        LocalWallet.told(() -> local.wallet().restore(mint.mint()));
                mints.add(new JsonObject()
                        .put("url", mint.mint().text())
                        .put("restored", report.restored().toString())
                        .put("proofs", report.proofs())
                        .put("rejected", report.rejected())
                        .put("keys", report.keys())
                        .put(
                                "quotes_claimed",
                                LocalWallet.told(() -> local.wallet().claim(mint.mint()))));
            }
            JsonObject answer = new JsonObject()
                    .put("notice", WalletJson.NOTICE)
                    .put("mints", mints)
                    .put("balances", WalletJson.balances(local.wallet().balances()));
            return show(access, LocalWallet.json(answer), json -> {
                json.path("mints")
                        .forEach(mint -> print("%s: restored %s in %d proofs, quotes claimed %d"
                                .formatted(
                                        mint.path("url").asText(),
                                        mint.path("restored").asText(),
                                        mint.path("proofs").asInt(),
                                        mint.path("quotes_claimed").asInt())));
                printBalances(json);
            });
        }
    }

    @Command(name = "balance", mixinStandardHelpOptions = true, description = "What the wallet has.")
    int balance(@Mixin AccessOptions access) throws IOException {
        try (WalletAccess wallet = access.open(environment)) {
            return show(access, wallet.balance(), this::printBalances);
        }
    }

    @Command(name = "history", mixinStandardHelpOptions = true, description = "What it did, the newest first.")
    int history(
            @Mixin AccessOptions access,
            @Option(names = "--after", paramLabel = "ID", description = "The last one of the page before.")
                    Optional<String> after)
            throws IOException {
        try (WalletAccess wallet = access.open(environment)) {
            return show(
                    access,
                    wallet.history(after),
                    json -> json.path("operations")
                            .forEach(one -> print("%s  %-11s  %-6s  %s %s  %s"
                                    .formatted(
                                            one.path("id").asText(),
                                            one.path("kind").asText(),
                                            one.path("state").asText(),
                                            one.path("amount").asText(),
                                            one.path("unit").asText(),
                                            one.path("problem").asText("")))));
        }
    }

    @Command(name = "send", mixinStandardHelpOptions = true, description = "Make a token of that amount.")
    int send(
            @Mixin AccessOptions access,
            @Parameters(paramLabel = "AMOUNT", description = "Decimal digits.") String amount,
            @Option(
                            names = "--unit",
                            paramLabel = "UNIT",
                            defaultValue = WalletOptions.UNIT,
                            description = "Default: ${DEFAULT-VALUE}.")
                    String unit,
            @Option(names = "--from", paramLabel = "URL", description = "The mint; otherwise the one with the most.")
                    Optional<String> mint,
            @Option(
                            names = "--idempotency-key",
                            paramLabel = "TEXT",
                            description = "The same order with the same key is the same send.")
                    Optional<String> key)
            throws IOException {
        try (WalletAccess wallet = access.open(environment)) {
            return show(access, wallet.send(amount, unit, mint, key), json -> {
                print(json.path("token").asText());
                tell("take it back, while nobody has claimed it: ./ehash wallet reclaim "
                        + json.path("id").asText());
            });
        }
    }

    @Command(
            name = "reclaim",
            mixinStandardHelpOptions = true,
            description = "Take back a token that nobody has claimed.")
    int reclaim(@Mixin AccessOptions access, @Parameters(paramLabel = "ID", description = "Of the send.") String send)
            throws IOException {
        try (WalletAccess wallet = access.open(environment)) {
            return show(
                    access,
                    wallet.reclaim(send),
                    json -> print("taken back: " + json.path("amount").asText() + " "
                            + json.path("unit").asText()));
        }
    }

    @Command(name = "receive", mixinStandardHelpOptions = true, description = "Take a token.")
    int receive(
            @Mixin AccessOptions access,
            @Parameters(paramLabel = "TOKEN", description = "Begins with cashuA or cashuB; - reads standard input.")
                    String token)
            throws IOException {
        String text = token.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.US_ASCII) : token;
        try (WalletAccess wallet = access.open(environment)) {
            return show(
                    access,
                    wallet.receive(text),
                    json -> print("received " + json.path("amount").asText() + " "
                            + json.path("unit").asText()));
        }
    }

    @Command(
            name = "claims",
            mixinStandardHelpOptions = true,
            description =
                    "What was minted of each quote, a line each, for ./ehash audit --wallet-file. No secret is in it.")
    int claims(@Mixin AccessOptions access) throws IOException {
        try (WalletAccess wallet = access.open(environment)) {
            ClaimsFile.write(wallet, spec.commandLine().getOut());
        }
        return 0;
    }

    @Command(
            name = "lookup-request",
            mixinStandardHelpOptions = true,
            description = {
                "Print the body of a lookup of a key's quotes at a mint: signed, and good for some minutes.",
                "It shows what the key earned; nothing can be minted with it."
            })
    int lookupRequest(
            @Mixin AccessOptions access,
            @Option(
                            names = "--key-file",
                            paramLabel = "FILE",
                            required = true,
                            description = "A secret key, 64 hexadecimal digits, chmod 600.")
                    Path keyFile,
            @Option(names = "--only-mintable", description = "Only quotes of which something is left to be minted.")
                    boolean onlyMintable) {
        try (SecretKey key = key(keyFile)) {
            print(LookupProof.request(access.onlyMint(), key, onlyMintable));
        }
        return 0;
    }

    private void printBalances(JsonNode json) {
        if (json.path("balances").isEmpty()) {
            print("nothing yet");
        }
        json.path("balances")
                .forEach(one -> print("%s %s at %s; in unclaimed tokens %s, under way %s"
                        .formatted(
                                one.path("unspent").asText(),
                                one.path("unit").asText(),
                                one.path("mint").asText(),
                                one.path("reserved").asText(),
                                one.path("pending").asText())));
        print(WalletJson.NOTICE);
    }

    private int show(AccessOptions access, JsonNode answer, Consumer<JsonNode> forPeople) {
        if (access.json()) {
            print(answer.toString());
        } else {
            forPeople.accept(answer);
        }
        return 0;
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
