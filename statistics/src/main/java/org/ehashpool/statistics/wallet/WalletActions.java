package org.ehashpool.statistics.wallet;

import io.vertx.core.Future;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A wallet somewhere else. Every answer may fail with an {@link org.ehashpool.kit.http.ApiFailure}: its code and words
 * are the wallet's, or {@code translator-away}, {@code translator-refused}, {@code translator-fault}.
 */
public interface WalletActions {

    /** What there is. */
    Future<Holdings> holdings();

    /** Operations, the newest first, after the last one of the page before. */
    Future<History> history(Optional<UUID> after);

    /** Makes a token; the same order with the same key is the same send. */
    Future<Sent> send(Order order);

    /** A send, and its token if nobody has claimed it. */
    Future<Sent> sent(UUID id);

    /** Takes a send back that nobody has claimed. */
    Future<Operation> reclaim(UUID send);

    /** Takes a token. */
    Future<Operation> receive(String token);

    /** What is given to whoever asks; empty where nothing is. */
    Future<Optional<Faucet>> faucet();

    /**
     * Asks the faucet.
     *
     * @param key of the asker's choice: the same again is the same gift
     * @param client whose gift it is, for limits by address
     */
    Future<Sent> give(BigInteger amount, String key, String client);

    /**
     * What a wallet has.
     *
     * @param sealed whether its seed is under a passphrase
     * @param openOperations without an answer of the mint
     */
    record Holdings(List<Balance> balances, List<Trouble> troubles, boolean sealed, int openOperations) {
        public Holdings {
            balances = List.copyOf(balances);
            troubles = List.copyOf(troubles);
        }
    }

    /**
     * At a mint, in a unit.
     *
     * @param unspent can be sent
     * @param reserved is in tokens that nobody has claimed
     */
    record Balance(String mint, String unit, BigInteger unspent, BigInteger reserved) {}

    /** A mint that does not do as it should. */
    record Trouble(String mint, String problem) {}

    /**
     * What moved ecash.
     *
     * @param kind as the wallet's API has it: {@code claim}, {@code send}, …
     * @param state {@code open}, {@code done} or {@code failed}
     */
    record Operation(
            UUID id,
            String kind,
            String state,
            String mint,
            String unit,
            BigInteger amount,
            BigInteger fee,
            Optional<String> problem,
            Instant createdAt) {

        /** Whether it made a token for somebody else. */
        public boolean isSend() {
            return kind.equals("send") || kind.equals("faucet");
        }

        @Override
        public String toString() {
            return kind + " " + id;
        }
    }

    /** A page of operations; {@code next} is where the next one begins after, if there is one. */
    record History(List<Operation> operations, Optional<UUID> next) {
        public History {
            operations = List.copyOf(operations);
        }
    }

    /**
     * An order for a token.
     *
     * @param key the same again is the same send
     */
    record Order(BigInteger amount, String unit, String mint, String key) {}

    /**
     * A send.
     *
     * @param token empty once a part of it is claimed or taken back. Whoever has it has the ecash
     */
    record Sent(Operation operation, Optional<String> token) {
        /** Without the token. */
        @Override
        public String toString() {
            return operation.toString();
        }
    }

    /** What a faucet gives at most. */
    record Faucet(String unit, BigInteger perRequest, BigInteger perAddress, BigInteger perDay) {}
}
