package org.ehashpool.mint;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.ehashpool.cashu.curve.CurveSelection;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.kit.http.Health;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.mint.core.Mint;
import org.ehashpool.mint.core.MintProfile;
import org.ehashpool.mint.events.MintEvents;
import org.ehashpool.mint.keyset.MintKeyset;
import org.ehashpool.mint.keyset.SeedKeys;
import org.ehashpool.mint.operate.MintRefusedException;
import org.ehashpool.mint.operate.Opening;
import org.ehashpool.mint.seed.SeedFile;
import org.ehashpool.mint.store.MintStatus;
import org.jspecify.annotations.Nullable;

/** The mint as one of the service's components: opened after its database, looked after once a second, closed before it. */
final class MintComponent implements Component {

    private static final long UPKEEP_MILLIS = 1_000;

    private final Supplier<Database> database;
    private final Path seedFile;
    private final MintProfile profile;
    private final Duration paymentDelay;
    private final Mint.Surroundings surroundings;
    private final ServiceContext context;
    private volatile @Nullable Mint mint;
    private volatile @Nullable SecretKey identity;
    private volatile boolean upkeepFailed;
    private volatile long timer = -1;

    MintComponent(
            Supplier<Database> database,
            Path seedFile,
            MintProfile profile,
            Duration paymentDelay,
            Mint.Surroundings surroundings,
            ServiceContext context) {
        this.database = database;
        this.seedFile = seedFile;
        this.profile = profile;
        this.paymentDelay = paymentDelay;
        this.surroundings = surroundings;
        this.context = context;
    }

    /**
     * The open mint.
     *
     * @throws IllegalStateException before it was opened
     */
    Mint mint() {
        return Optional.ofNullable(mint).orElseThrow(() -> new IllegalStateException("the mint is not open"));
    }

    /**
     * What the mint proves its identity with.
     *
     * @throws IllegalStateException before it was opened
     */
    SecretKey identity() {
        return Optional.ofNullable(identity).orElseThrow(() -> new IllegalStateException("the mint is not open"));
    }

    /** Empty before it was opened. */
    Optional<Mint> opened() {
        return Optional.ofNullable(mint);
    }

    @Override
    public String name() {
        return "mint";
    }

    @Override
    public Future<Void> start() {
        return context.vertx()
                .executeBlocking(() -> {
                    Mint opened = open();
                    opened.listen(new MintMetrics(context.metrics(), opened::running));
                    opened.listen(new MintStats(context.stats()));
                    mint = opened;
                    MintEvents.curveSelected(CurveSelection.selected().reason());
                    MintEvents.opened(
                            profile.label(),
                            opened.publicKey().toString(),
                            opened.keysets().all().size());
                    timer = context.vertx().setTimer(UPKEEP_MILLIS, tick -> upkeep(opened));
                    return true;
                })
                .mapEmpty();
    }

    private Mint open() throws IOException {
        Database open = database.get();
        if (!Files.exists(seedFile)) {
            if (Opening.isUsed(open)) {
                throw new MintRefusedException("the database is a mint's, and its seed is not in " + seedFile
                        + ": without it, no token can be redeemed");
            }
            SeedFile.create(seedFile, context.random());
            MintEvents.seedCreated(seedFile.toString());
        }
        byte[] seed = SeedFile.read(seedFile);
        try {
            SeedKeys keys = new SeedKeys(seed);
            Mint opened = Mint.open(open, keys, profile, surroundings, paymentDelay);
            identity = keys.identity();
            return opened;
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    private void upkeep(Mint opened) {
        opened.upkeep().onComplete(done -> {
            upkeepFailed = done.failed();
            if (done.failed()) {
                MintEvents.upkeepFailed(done.cause());
            }
            if (timer >= 0) {
                timer = context.vertx().setTimer(UPKEEP_MILLIS, tick -> upkeep(opened));
            }
        });
    }

    /** For readiness: a mint that is read-only, or cannot see what the others do, is not ready. */
    Health health() {
        if (mint == null) {
            return Health.down("not open");
        }
        if (upkeepFailed) {
            return Health.down("the database was not looked after");
        }
        return mint().status()
                .readOnly()
                .map(halt -> Health.down("read-only: " + halt.reason()))
                .orElseGet(() -> Health.up("open"));
    }

    /** For {@code /api/v1/state}. */
    JsonObject state() {
        if (mint == null) {
            return new JsonObject().put("open", false);
        }
        MintStatus status = mint().status();
        JsonArray keysets = new JsonArray();
        for (MintKeyset keyset : mint().keysets().all()) {
            keysets.add(new JsonObject()
                    .put("id", keyset.row().id().toString())
                    .put("unit", keyset.row().unit())
                    .put("active", keyset.row().active())
                    .put("input_fee_ppk", keyset.row().inputFeePpk())
                    .put(
                            "final_expiry",
                            keyset.row().finalExpiry().isPresent()
                                    ? keyset.row().finalExpiry().getAsLong()
                                    : null));
        }
        return new JsonObject()
                .put("open", true)
                .put("profile", status.profile())
                .put("public_key", status.publicKey())
                .put("read_only", status.readOnly().map(halt -> halt.reason()).orElse(null))
                .put(
                        "quoting_stopped",
                        status.quotingStopped().map(halt -> halt.reason()).orElse(null))
                .put("operations", mint().running())
                .put("keysets", keysets);
    }

    @Override
    public Future<Void> stop() {
        context.vertx().cancelTimer(timer);
        timer = -1;
        return context.vertx()
                .executeBlocking(() -> {
                    Optional.ofNullable(mint).ifPresent(Mint::close);
                    return true;
                })
                .mapEmpty();
    }
}
