package org.ehashpool.mint.api;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.json.KeyMessages.KeysAnswer;
import org.ehashpool.cashu.json.KeyMessages.KeysetEntry;
import org.ehashpool.cashu.json.KeyMessages.KeysetsAnswer;
import org.ehashpool.cashu.json.KeyMessages.PublishedKeys;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.mint.core.Mint;
import org.ehashpool.mint.keyset.Keyring;
import org.ehashpool.mint.keyset.MintKeyset;
import org.ehashpool.mint.store.StoredKeyset;
import org.jspecify.annotations.Nullable;

/**
 * Keys and keysets. What is asked for all the time is written once and kept until the keysets change.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/01.md">NUT-01</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/02.md">NUT-02</a>
 */
final class KeyRoutes {

    private final Supplier<Mint> mint;
    private volatile @Nullable Written written;

    /** Texts about the keysets of one moment. */
    private record Written(Keyring keyring, String keys, String keysets) {}

    KeyRoutes(Supplier<Mint> mint) {
        this.mint = mint;
    }

    void mount(Router router) {
        router.get("/v1/keys").handler(context -> Answers.ok(context, current().keys()));
        router.get("/v1/keysets")
                .handler(context -> Answers.ok(context, current().keysets()));
        router.get("/v1/keys/:id").handler(this::keyset);
    }

    private void keyset(RoutingContext context) {
        find(context.pathParam("id"))
                .ifPresentOrElse(
                        keyset -> Answers.ok(context, new KeysAnswer(List.of(published(keyset))).encode()),
                        () -> Answers.failed(
                                context, ApiException.refused(ErrorCode.KEYSET_UNKNOWN, "keyset is not known")));
    }

    private Optional<MintKeyset> find(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return mint.get().keysets().find(KeysetId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Written current() {
        Keyring keyring = mint.get().keysets();
        Written known = written;
        if (known != null && known.keyring() == keyring) {
            return known;
        }
        Written made = new Written(
                keyring,
                new KeysAnswer(keyring.active().stream()
                                .map(KeyRoutes::published)
                                .toList())
                        .encode(),
                new KeysetsAnswer(keyring.all().stream().map(KeyRoutes::entry).toList()).encode());
        written = made;
        return made;
    }

    private static PublishedKeys published(MintKeyset keyset) {
        return new PublishedKeys(keyset.keys().keyset(), keyset.row().active());
    }

    private static KeysetEntry entry(MintKeyset keyset) {
        StoredKeyset row = keyset.row();
        return new KeysetEntry(row.id(), row.unit(), row.active(), row.inputFeePpk(), row.finalExpiry());
    }
}
