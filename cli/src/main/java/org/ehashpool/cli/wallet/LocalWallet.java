package org.ehashpool.cli.wallet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.PostgresConfig;
import org.ehashpool.wallet.Wallet;
import org.ehashpool.wallet.WalletOptions;
import org.ehashpool.wallet.api.WalletJson;
import org.ehashpool.wallet.mint.MintException;
import org.ehashpool.wallet.mint.MintUrl;
import org.ehashpool.wallet.operation.OperationException;
import org.ehashpool.wallet.operation.Transfers;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.WalletSchema;
import org.ehashpool.wallet.store.WalletStore;

/** A wallet of this command's own: its database is open as long as the command runs. */
final class LocalWallet implements WalletAccess {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 50;
    private static final int AUDIT_PAGE = 1_000;

    private final Database database;
    private final WalletSeed seed;
    private final Wallet wallet;
    private final boolean sealed;

    private LocalWallet(Database database, WalletSeed seed, Wallet wallet, boolean sealed) {
        this.database = database;
        this.seed = seed;
        this.wallet = wallet;
        this.sealed = sealed;
    }

    /** Opens it; the seed is closed with it. */
    static LocalWallet open(PostgresConfig postgres, WalletSeed seed, boolean sealed, WalletOptions options) {
        SecureRandom random = new SecureRandom();
        Database database = Database.open(postgres, WalletSchema.STANDALONE, new SimpleMeterRegistry(), random);
        try {
            Wallet wallet = Wallet.open(
                    new WalletStore(database, WalletSchema.STANDALONE),
                    seed,
                    options,
                    Wallet.overHttp(options, InstantSource.system(), random));
            return new LocalWallet(database, seed, wallet, sealed);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    Wallet wallet() {
        return wallet;
    }

    @Override
    public JsonNode balance() {
        return json(WalletJson.wallet(wallet, sealed));
    }

    @Override
    public JsonNode history(Optional<String> after) {
        List<Operation> page = wallet.history(after.map(UUID::fromString), PAGE);
        JsonArray operations = new JsonArray();
        page.forEach(operation -> operations.add(WalletJson.operation(operation)));
        return json(new JsonObject()
                .put("notice", WalletJson.NOTICE)
                .put("operations", operations)
                .put("next", page.size() < PAGE ? null : page.getLast().id().toString()));
    }

    @Override
    public JsonNode send(String amount, String unit, Optional<String> mint, Optional<String> idempotencyKey) {
        return told(() -> {
            Operation send = wallet.send(
                    new Transfers.SendOrder(Amount.parse(amount), unit, mint.map(MintUrl::new), idempotencyKey));
            return json(WalletJson.operation(send)
                    .put("notice", WalletJson.NOTICE)
                    .put("token", wallet.token(send.id()).orElse(null)));
        });
    }

    @Override
    public JsonNode reclaim(String send) {
        return told(() -> json(WalletJson.operation(wallet.reclaim(UUID.fromString(send)))));
    }

    @Override
    public JsonNode receive(String token) {
        return told(() -> json(WalletJson.operation(wallet.receive(token))));
    }

    @Override
    public JsonNode keys() {
        return json(WalletJson.auditKeys(wallet.audit().keys()));
    }

    @Override
    public JsonNode claims(String mint, Optional<String> after) {
        return json(WalletJson.claims(wallet.audit().claims(PublicKey.parse(mint), after, AUDIT_PAGE)));
    }

    /** Failures in words, for the terminal. */
    static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (OperationException e) {
            throw new IllegalStateException(e.problem(), e);
        } catch (MintException e) {
            throw new IllegalStateException(e.problem(), e);
        }
    }

    static JsonNode json(JsonObject object) {
        try {
            return JSON.readTree(object.encode());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object is always JSON", e);
        }
    }

    @Override
    public void close() {
        wallet.close();
        seed.close();
        database.close();
    }
}
