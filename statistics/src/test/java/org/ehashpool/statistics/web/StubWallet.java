package org.ehashpool.statistics.web;

import io.vertx.core.Future;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.statistics.wallet.WalletActions;
import org.jspecify.annotations.Nullable;

/** A wallet of a hundred, which keeps each send by its key. */
final class StubWallet implements WalletActions {
    static final String MINT = "https://mint.example";
    static final String TOKEN = "cashuBtoken-of-the-test";

    final List<String> received = new ArrayList<>();
    final Map<String, Order> sends = new LinkedHashMap<>();
    final List<UUID> reclaimed = new ArrayList<>();
    volatile boolean faucet;
    volatile @Nullable ApiFailure failure;

    private <T> Future<T> answer(T answer) {
        ApiFailure failing = failure;
        return failing == null ? Future.succeededFuture(answer) : Future.failedFuture(failing);
    }

    private static UUID id(String key) {
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    }

    private static Operation operation(UUID id, String kind, BigInteger amount) {
        return new Operation(id, kind, "done", MINT, "hash", amount, BigInteger.ONE, Optional.empty(), Instant.EPOCH);
    }

    @Override
    public Future<Holdings> holdings() {
        return answer(new Holdings(
                List.of(new Balance(MINT, "hash", BigInteger.valueOf(100), BigInteger.TWO)), List.of(), false, 0));
    }

    @Override
    public Future<History> history(Optional<UUID> after) {
        List<Operation> operations = sends.entrySet().stream()
                .map(send ->
                        operation(id(send.getKey()), "send", send.getValue().amount()))
                .toList();
        return answer(new History(operations, after.isPresent() ? Optional.empty() : Optional.of(id("older"))));
    }

    @Override
    public Future<Sent> send(Order order) {
        if (failure == null) {
            sends.put(order.key(), order);
        }
        return answer(new Sent(operation(id(order.key()), "send", order.amount()), Optional.of(TOKEN)));
    }

    @Override
    public Future<Sent> sent(UUID id) {
        return answer(new Sent(
                operation(id, "send", BigInteger.TEN), reclaimed.contains(id) ? Optional.empty() : Optional.of(TOKEN)));
    }

    @Override
    public Future<Operation> reclaim(UUID send) {
        reclaimed.add(send);
        return answer(operation(id("back"), "reclaim", BigInteger.TEN));
    }

    @Override
    public Future<Operation> receive(String token) {
        received.add(token);
        return answer(operation(id("received"), "receive", BigInteger.TEN));
    }

    @Override
    public Future<Optional<Faucet>> faucet() {
        return answer(
                faucet
                        ? Optional.of(new Faucet("hash", BigInteger.TEN, BigInteger.TEN, BigInteger.TEN))
                        : Optional.empty());
    }

    @Override
    public Future<Sent> give(BigInteger amount, String key, String client) {
        return send(new Order(amount, "hash", MINT, key));
    }
}
