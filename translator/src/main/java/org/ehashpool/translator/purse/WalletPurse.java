package org.ehashpool.translator.purse;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.ehashpool.kit.http.Health;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.DatabaseComponent;
import org.ehashpool.kit.postgres.DatabaseSchema;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.DataDirectory;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.translator.upstream.FaucetConfig;
import org.ehashpool.translator.upstream.Purse;
import org.ehashpool.translator.upstream.WalletConfig;
import org.ehashpool.wallet.Balance;
import org.ehashpool.wallet.MintStatus;
import org.ehashpool.wallet.Surroundings;
import org.ehashpool.wallet.Wallet;
import org.ehashpool.wallet.WalletOptions;
import org.ehashpool.wallet.api.FaucetApi;
import org.ehashpool.wallet.api.WalletApi;
import org.ehashpool.wallet.api.WalletJson;
import org.ehashpool.wallet.event.WalletEvents;
import org.ehashpool.wallet.faucet.Faucet;
import org.ehashpool.wallet.mint.MintUrl;
import org.ehashpool.wallet.seed.SeedFile;
import org.ehashpool.wallet.store.WalletSchema;
import org.ehashpool.wallet.store.WalletStore;
import org.jspecify.annotations.Nullable;

/**
 * The wallet as a component. What the event loop asks of it is in memory; the wallet's work is on threads of its own.
 * A translator whose wallet does not open does not start: it would mine for nothing.
 */
public final class WalletPurse implements Component, Purse {

    private static final DatabaseSchema SCHEMA = new DatabaseSchema("translator", WalletSchema.MIGRATIONS);
    private static final Duration GLANCE = Duration.ofSeconds(2);

    private final WalletConfig config;
    private final ServiceContext context;
    private final DatabaseComponent database;
    private final Path seedFile;
    private final Counter claimed;
    private final WalletStats stats;
    private volatile @Nullable Wallet wallet;
    private volatile @Nullable Faucet faucet;
    private volatile @Nullable WalletSeed seed;
    private volatile Glance glance = new Glance(BigInteger.ZERO, BigInteger.ZERO, 0, new JsonObject());
    private volatile boolean stopping;
    private @Nullable Thread watching;

    /** What was last seen of the wallet, for those who cannot wait. */
    private record Glance(BigInteger balance, BigInteger claimed, int open, JsonObject state) {}

    /** A wallet that is not open yet. */
    public WalletPurse(WalletConfig config, ServiceContext context) {
        this.config = config;
        this.context = context;
        PostgresConfig postgres =
                config.database().resolve("translator", System.getenv(), Path.of(System.getProperty("user.home")));
        database = new DatabaseComponent(
                () -> Database.open(postgres, SCHEMA, context.metrics().registry(), context.random()),
                context.health());
        seedFile = config.seedFile()
                .orElseGet(() -> DataDirectory.base().resolve("translator").resolve("wallet-seed"))
                .toAbsolutePath();
        stats = new WalletStats(context.stats(), context.clock());
        claimed = context.metrics().counter("wallet.claimed", "Ehash that the wallet has minted from quotes");
        context.metrics().gauge("wallet.balance", "Ehash that the wallet can send", () -> glance.balance());
        context.metrics()
                .gauge("wallet.open.operations", "Operations that mints have not answered", () -> glance.open());
        context.health().register("wallet", this::health);
        context.state().describe("wallet", () -> glance.state().copy());
        new WalletApi(() -> Optional.ofNullable(wallet), config.passphrase().isPresent())
                .mount(context.http().router(), context.http().bearerGuard());
        if (config.faucet().enabled()) {
            FaucetConfig given = config.faucet();
            new FaucetApi(() -> Optional.ofNullable(faucet), given.limits(), given.addresses(), context.nanoTime())
                    .mount(context.http().router());
        }
    }

    /** In the order of their start: the database, and what uses it. */
    public List<Component> components() {
        return List.of(database, this);
    }

    @Override
    public String name() {
        return "wallet";
    }

    @Override
    public Future<Void> start() {
        return away(() -> {
            if (config.seedFile().isEmpty() && !Files.exists(seedFile)) {
                SeedFile.create(seedFile, SeedFile.newWords(context.random()), config.passphrase(), context.random());
                WalletEvents.seedCreated(seedFile.toString());
            }
            WalletSeed opened = SeedFile.read(seedFile, config.passphrase());
            seed = opened;
            WalletOptions options = config.options();
            Surroundings surroundings = Wallet.overHttp(options, context.clock(), context.random());
            WalletStore store = new WalletStore(database.database(), SCHEMA);
            Wallet made = Wallet.open(store, opened, options, surroundings);
            faucet = new Faucet(made, store, config.faucet().limits(), context.clock());
            wallet = made;
            look(made);
            made.start();
            watching = Thread.ofVirtual().name("wallet-glance").start(() -> watch(made));
            return true;
        });
    }

    @Override
    public Future<Void> stop() {
        return away(() -> {
            stopping = true;
            Thread watch = watching;
            if (watch != null) {
                watch.interrupt();
            }
            Wallet open = wallet;
            if (open != null) {
                open.close();
                lookAgain(open);
            }
            WalletSeed opened = seed;
            if (opened != null) {
                opened.close();
            }
            return true;
        });
    }

    @Override
    public Optional<Bytes> lockingKey() {
        Wallet open = wallet;
        return open == null
                ? Optional.empty()
                : Optional.of(Bytes.of(open.lockingKey().toBytes()));
    }

    @Override
    public String pays() {
        return "wallet";
    }

    @Override
    public void quoted(String mintUrl) {
        Wallet open = wallet;
        if (open == null) {
            return;
        }
        MintUrl url;
        try {
            url = new MintUrl(mintUrl);
        } catch (IllegalArgumentException e) {
            // A pool's hint that names no mint means nothing.
            return;
        }
        open.hint(url);
    }

    private void watch(Wallet open) {
        while (!stopping) {
            try {
                Thread.sleep(GLANCE);
                lookAgain(open);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void lookAgain(Wallet open) {
        try {
            look(open);
        } catch (RuntimeException e) {
            // The database's own check says what is wrong with it.
            glance = new Glance(
                    glance.balance(),
                    glance.claimed(),
                    glance.open(),
                    glance.state().copy().put("stale", true));
        }
    }

    private void look(Wallet open) {
        List<Balance> balances = open.balances();
        BigInteger balance = balances.stream().map(Balance::unspent).reduce(BigInteger.ZERO, BigInteger::add);
        stats.look(balances, open.claimedByMint());
        BigInteger total = open.claimedTotal();
        Glance before = glance;
        if (!before.state().isEmpty()) {
            claimed.increment(total.subtract(before.claimed()).doubleValue());
        }
        JsonObject state = WalletJson.wallet(open, config.passphrase().isPresent());
        glance = new Glance(balance, total, open.openOperations(), state);
    }

    /** Mines on whatever the mints do: their trouble is in the detail. */
    private Health health() {
        Wallet open = wallet;
        if (open == null) {
            return Health.down("not open");
        }
        List<String> troubled = open.mints().stream()
                .filter(mint -> mint.problem().isPresent())
                .map(WalletPurse::trouble)
                .toList();
        return Health.up(troubled.isEmpty() ? "claiming" : String.join("; ", troubled));
    }

    private static String trouble(MintStatus mint) {
        return mint.mint() + ": " + mint.problem().orElse("");
    }

    private static Future<Void> away(Callable<Boolean> work) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread.ofPlatform().name("wallet").start(() -> {
            try {
                done.complete(work.call());
            } catch (IOException e) {
                done.completeExceptionally(new UncheckedIOException("the wallet's seed file: " + e.getMessage(), e));
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            }
        });
        return Future.fromCompletionStage(done).mapEmpty();
    }
}
