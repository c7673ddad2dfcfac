package org.ehashpool.wallet.faucet;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.Wallet;
import org.ehashpool.wallet.operation.OperationException;
import org.ehashpool.wallet.operation.OperationException.Reason;
import org.ehashpool.wallet.operation.Transfers.SendOrder;
import org.ehashpool.wallet.store.FaucetTable;
import org.ehashpool.wallet.store.FaucetTable.Gift;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.OperationKind;
import org.ehashpool.wallet.store.WalletStore;

/**
 * Gives tokens of a wallet, by its usual way of sending. A gift is counted in a transaction of its own before anything is
 * sent, and stays counted whatever becomes of the send: whoever got no answer asks again with the same key, and gets
 * that gift. Methods wait for the database, and for the mint.
 */
public final class Faucet {

    /** How long a gift counts. */
    static final Duration DAY = Duration.ofDays(1);

    private static final int LONGEST_KEY = 128;

    private final Wallet wallet;
    private final WalletStore store;
    private final FaucetLimits limits;
    private final InstantSource clock;

    /** Gives of that wallet, whose tables are in that store. */
    public Faucet(Wallet wallet, WalletStore store, FaucetLimits limits, InstantSource clock) {
        this.wallet = wallet;
        this.store = store;
        this.limits = limits;
        this.clock = clock;
    }

    /** A gift that was sent; without a token once it is spent, or was taken back. */
    public record Given(Operation send, Optional<String> token) {}

    /**
     * Gives.
     *
     * @param recipient whose limit it counts against
     * @param idempotencyKey of the recipient: the same gift as long as it counts
     * @throws FaucetLimitException if it is too much today
     * @throws OperationException if it cannot be done, or the mint has not answered yet
     */
    public Given give(String recipient, Amount amount, String idempotencyKey) {
        if (amount.isZero() || amount.compareTo(limits.perRequest()) > 0) {
            throw new OperationException(
                    Reason.INVALID, "an amount of 1 to " + limits.perRequest() + " " + limits.unit() + " is given");
        }
        if (idempotencyKey.isEmpty() || idempotencyKey.length() > LONGEST_KEY) {
            throw new OperationException(
                    Reason.INVALID, "an idempotency key of 1 to " + LONGEST_KEY + " characters is expected");
        }
        BigInteger most = largestBalance();
        Gift gift = store.transact(
                Isolation.READ_COMMITTED, sql -> count(new FaucetTable(sql), recipient, amount, idempotencyKey, most));
        Operation send = wallet.send(new SendOrder(
                amount,
                limits.unit(),
                Optional.empty(),
                Optional.of("faucet " + gift.id()),
                OperationKind.FAUCET,
                limits.keep()));
        return new Given(send, wallet.token(send.id()));
    }

    private BigInteger largestBalance() {
        return wallet.balances().stream()
                .filter(balance -> balance.unit().equals(limits.unit()))
                .map(balance -> balance.unspent())
                .max(BigInteger::compareTo)
                .orElse(BigInteger.ZERO);
    }

    private Gift count(FaucetTable gifts, String recipient, Amount amount, String idempotencyKey, BigInteger most) {
        Instant now = clock.instant();
        gifts.lock();
        gifts.forget(now.minus(DAY));
        Optional<Gift> before = gifts.find(recipient, idempotencyKey);
        if (before.isPresent()) {
            if (!before.get().amount().equals(amount)) {
                throw new OperationException(Reason.CONFLICT, "the idempotency key belongs to another amount");
            }
            return before.get();
        }
        BigInteger wish = amount.toBigInteger();
        List<Gift> theirs = gifts.of(recipient);
        BigInteger had =
                theirs.stream().map(gift -> gift.amount().toBigInteger()).reduce(BigInteger.ZERO, BigInteger::add);
        if (had.add(wish).compareTo(limits.perAddress().toBigInteger()) > 0) {
            throw new FaucetLimitException(
                    "this address had " + had + " " + limits.unit() + " of " + limits.perAddress() + " within a day",
                    wait(roomFrom(theirs, had.add(wish)), now));
        }
        if (gifts.total().add(wish).compareTo(limits.perDay().toBigInteger()) > 0) {
            throw new FaucetLimitException(
                    "all that is given within a day is given",
                    wait(gifts.oldest().orElse(now), now));
        }
        if (most.compareTo(wish.add(limits.keep().toBigInteger())) < 0) {
            throw new OperationException(Reason.INSUFFICIENT, "there is not as much to give at present");
        }
        Gift gift = new Gift(UUID.randomUUID(), recipient, idempotencyKey, amount, now);
        gifts.add(gift);
        return gift;
    }

    /** The gift after whose end there is room for what is wished, of those that make up the rest of the sum. */
    private Instant roomFrom(List<Gift> oldestFirst, BigInteger sum) {
        BigInteger left = sum;
        Instant last = oldestFirst.getFirst().givenAt();
        for (Gift gift : oldestFirst) {
            if (left.compareTo(limits.perAddress().toBigInteger()) <= 0) {
                break;
            }
            left = left.subtract(gift.amount().toBigInteger());
            last = gift.givenAt();
        }
        return last;
    }

    private static Duration wait(Instant given, Instant now) {
        Duration wait = Duration.between(now, given.plus(DAY));
        return wait.isPositive() ? wait : Duration.ofSeconds(1);
    }
}
