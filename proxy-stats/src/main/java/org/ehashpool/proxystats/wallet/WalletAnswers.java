package org.ehashpool.proxystats.wallet;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.ehashpool.statistics.wallet.WalletActions.Balance;
import org.ehashpool.statistics.wallet.WalletActions.Faucet;
import org.ehashpool.statistics.wallet.WalletActions.History;
import org.ehashpool.statistics.wallet.WalletActions.Holdings;
import org.ehashpool.statistics.wallet.WalletActions.Operation;
import org.ehashpool.statistics.wallet.WalletActions.Sent;
import org.ehashpool.statistics.wallet.WalletActions.Trouble;

/** The JSON of a translator's wallet. What is not as it should be is any unchecked exception. */
final class WalletAnswers {
    private static final int LONGEST_AMOUNT = 40;

    private WalletAnswers() {}

    static Holdings holdings(JsonObject json) {
        List<Balance> balances = objects(json.getJsonArray("balances")).stream()
                .map(one -> new Balance(
                        text(one, "mint"), text(one, "unit"), amount(one, "unspent"), amount(one, "reserved")))
                .toList();
        List<Trouble> troubles = objects(json.getJsonArray("mints")).stream()
                .flatMap(one ->
                        Optional.ofNullable(one.getString("problem"))
                                .map(problem -> new Trouble(text(one, "url"), problem))
                                .stream())
                .toList();
        return new Holdings(
                balances,
                troubles,
                json.getJsonObject("backup").getBoolean("seed_sealed"),
                json.getInteger("open_operations"));
    }

    static History history(JsonObject json) {
        return new History(
                objects(json.getJsonArray("operations")).stream()
                        .map(WalletAnswers::operation)
                        .toList(),
                Optional.ofNullable(json.getString("next")).map(UUID::fromString));
    }

    static Operation operation(JsonObject json) {
        return new Operation(
                UUID.fromString(text(json, "id")),
                text(json, "kind"),
                text(json, "state"),
                text(json, "mint"),
                text(json, "unit"),
                amount(json, "amount"),
                amount(json, "fee"),
                Optional.ofNullable(json.getString("problem")),
                Instant.ofEpochMilli(json.getLong("created_at")));
    }

    static Sent sent(JsonObject json) {
        return new Sent(operation(json), Optional.ofNullable(json.getString("token")));
    }

    static Faucet faucet(JsonObject json) {
        return new Faucet(
                text(json, "unit"), amount(json, "per_request"), amount(json, "per_address"), amount(json, "per_day"));
    }

    private static List<JsonObject> objects(JsonArray array) {
        return IntStream.range(0, array.size()).mapToObj(array::getJsonObject).toList();
    }

    private static String text(JsonObject json, String name) {
        return Objects.requireNonNull(json.getString(name), name);
    }

    private static BigInteger amount(JsonObject json, String name) {
        String digits = text(json, name);
        if (digits.length() > LONGEST_AMOUNT) {
            throw new IllegalArgumentException(name);
        }
        return new BigInteger(digits);
    }
}
