package org.ehashpool.wallet.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.ehashpool.wallet.Balance;
import org.ehashpool.wallet.MintStatus;
import org.ehashpool.wallet.Wallet;
import org.ehashpool.wallet.audit.AuditedClaim;
import org.ehashpool.wallet.audit.AuditedKeys;
import org.ehashpool.wallet.store.LockingKey;
import org.ehashpool.wallet.store.Operation;

/** What is shown of a wallet: times in epoch milliseconds, amounts in decimal strings. Never a token. */
public final class WalletJson {

    /** Stands in every answer that shows amounts. */
    public static final String NOTICE = "Ehash cannot yet be exchanged for bitcoin.";

    private static final int KEYS_SHOWN = 32;

    private WalletJson() {}

    /** All of it. Waits for the database. */
    public static JsonObject wallet(Wallet wallet, boolean sealed) {
        JsonArray keys = new JsonArray();
        List<LockingKey> all = wallet.lockingKeys();
        all.stream().limit(KEYS_SHOWN).forEach(key -> keys.add(key(key)));
        JsonArray mints = new JsonArray();
        wallet.mints().forEach(mint -> mints.add(mint(mint)));
        return new JsonObject()
                .put("notice", NOTICE)
                .put("balances", balances(wallet.balances()))
                .put("claimed_total", wallet.claimedTotal().toString())
                .put("open_operations", wallet.openOperations())
                .put("locking_key", wallet.lockingKey().toString())
                .put("locking_keys", new JsonObject().put("count", all.size()).put("newest", keys))
                .put("mints", mints)
                .put("backup", new JsonObject().put("seed_sealed", sealed).put("restorable_from_seed", true));
    }

    /** Of one mint and unit each. */
    public static JsonArray balances(List<Balance> balances) {
        JsonArray array = new JsonArray();
        for (Balance balance : balances) {
            array.add(new JsonObject()
                    .put("mint", balance.mint().text())
                    .put("unit", balance.unit())
                    .put("unspent", balance.unspent().toString())
                    .put("reserved", balance.reserved().toString())
                    .put("pending", balance.pending().toString())
                    .put("proofs", balance.proofs()));
        }
        return array;
    }

    private static JsonObject key(LockingKey key) {
        return new JsonObject()
                .put("index", key.index())
                .put("public_key", key.publicKey().toString())
                .put("created_at", key.createdAt().toEpochMilli());
    }

    /** How it goes with a mint. */
    public static JsonObject mint(MintStatus mint) {
        return new JsonObject()
                .put("url", mint.mint().text())
                .put("problem", mint.problem().orElse(null))
                .put("last_good_at", mint.lastGood().map(Instant::toEpochMilli).orElse(null))
                .put("quotes_claimed", mint.claimed());
    }

    /** An operation of the history. */
    public static JsonObject operation(Operation operation) {
        return new JsonObject()
                .put("id", operation.id().toString())
                .put("kind", operation.kind().label())
                .put("state", operation.state().label())
                .put("mint", operation.mint().text())
                .put("unit", operation.unit())
                .put("amount", operation.amount().toString())
                .put("fee", operation.fee().toString())
                .put("problem", operation.problem().orElse(null))
                .put("created_at", operation.createdAt().toEpochMilli())
                .put("updated_at", operation.updatedAt().toEpochMilli());
    }

    /** Whose claims {@link #claims} are. */
    public static JsonObject auditKeys(AuditedKeys audited) {
        JsonArray keys = new JsonArray();
        audited.keys().forEach(key -> keys.add(key.toString()));
        JsonArray mints = new JsonArray();
        audited.mints().forEach(key -> mints.add(key.toString()));
        JsonArray restored = new JsonArray();
        audited.restored()
                .forEach(one -> restored.add(new JsonObject()
                        .put("mint", one.mint().toString())
                        .put("unit", one.unit())
                        .put("amount", one.amount().toString())));
        return new JsonObject()
                .put("at", audited.at().toEpochMilli())
                .put("keys", keys)
                .put("mints", mints)
                .put("restored", restored);
    }

    /** What was minted, quote by quote. */
    public static JsonObject claims(List<AuditedClaim> page) {
        JsonArray claims = new JsonArray();
        for (AuditedClaim claim : page) {
            claims.add(new JsonObject()
                    .put("share_hash", claim.shareHash())
                    .put("quote", claim.quote())
                    .put("unit", claim.unit())
                    .put("locking_key", claim.lockingKey().toString())
                    .put("claimed", claim.claimed().toString())
                    .put("open", claim.open()));
        }
        return new JsonObject().put("claims", claims);
    }
}
