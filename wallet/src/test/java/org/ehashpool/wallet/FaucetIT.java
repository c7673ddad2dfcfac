package org.ehashpool.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.wallet.faucet.Faucet;
import org.ehashpool.wallet.faucet.FaucetLimitException;
import org.ehashpool.wallet.faucet.FaucetLimits;
import org.ehashpool.wallet.operation.OperationException;
import org.ehashpool.wallet.operation.OperationException.Reason;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.OperationKind;
import org.junit.jupiter.api.Test;

/** What a faucet gives of a wallet with 1000. */
final class FaucetIT extends WalletScenario {

    private Faucet faucet(long perRequest, long perAddress, long perDay, long keep) {
        return new Faucet(
                wallet(),
                store(),
                new FaucetLimits(
                        "hash", Amount.of(perRequest), Amount.of(perAddress), Amount.of(perDay), Amount.of(keep)),
                clock);
    }

    private void earn() throws Exception {
        quote(1000);
        claim();
    }

    private static void assertRefused(Reason reason, Runnable asking) {
        assertThatThrownBy(asking::run)
                .isInstanceOfSatisfying(
                        OperationException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void shouldGiveATokenThatCanBeReceivedAndSayThatItWasTheFaucets() throws Exception {
        earn();
        Faucet.Given given = faucet(100, 100, 100, 0).give("one", Amount.of(100), "a");
        assertThat(given.token()).get().asString().startsWith("cashuB");
        assertUnspent(900);
        Operation newest = wallet().history(Optional.empty(), 1).getFirst();
        assertThat(newest.kind()).isEqualTo(OperationKind.FAUCET);
        wallet().receive(given.token().orElseThrow());
        assertUnspent(1000);
        assertNothingLost();
    }

    @Test
    void shouldGiveOnceForOneKeyOfOneAddress() throws Exception {
        earn();
        Faucet faucet = faucet(100, 200, 1000, 0);
        Faucet.Given first = faucet.give("one", Amount.of(100), "a");
        assertThat(faucet.give("one", Amount.of(100), "a")).isEqualTo(first);
        assertUnspent(900);
        assertRefused(Reason.CONFLICT, () -> faucet.give("one", Amount.of(99), "a"));
        assertThat(faucet.give("other", Amount.of(100), "a").send().id())
                .isNotEqualTo(first.send().id());
        assertUnspent(800);
    }

    @Test
    void shouldRefuseWhatIsBeyondARequestAnAddressOrADayAlsoAfterARestart() throws Exception {
        earn();
        assertRefused(Reason.INVALID, () -> faucet(100, 150, 250, 0).give("one", Amount.of(101), "a"));
        assertRefused(Reason.INVALID, () -> faucet(100, 150, 250, 0).give("one", Amount.ZERO, "a"));
        faucet(100, 150, 250, 0).give("one", Amount.of(100), "a");
        reopen();
        assertThatThrownBy(() -> faucet(100, 150, 250, 0).give("one", Amount.of(51), "b"))
                .isInstanceOfSatisfying(FaucetLimitException.class, limit -> {
                    assertThat(limit.problem()).contains("this address had 100");
                    assertThat(limit.retryAfter()).isBetween(Duration.ofHours(23), Duration.ofHours(24));
                });
        faucet(100, 150, 250, 0).give("two", Amount.of(100), "a");
        assertThatThrownBy(() -> faucet(100, 150, 250, 0).give("three", Amount.of(51), "a"))
                .isInstanceOf(FaucetLimitException.class)
                .hasMessageContaining("all that is given");
        assertUnspent(800);
        ahead.set(Duration.ofHours(25));
        faucet(100, 150, 250, 0).give("one", Amount.of(51), "b");
        assertUnspent(749);
    }

    @Test
    void shouldLeaveWhatIsToBeKept() throws Exception {
        earn();
        Faucet faucet = faucet(1000, 1000, 1000, 400);
        assertRefused(Reason.INSUFFICIENT, () -> faucet.give("one", Amount.of(601), "a"));
        faucet.give("one", Amount.of(600), "a");
        assertUnspent(400);
    }

    @Test
    void shouldNotBeCountedAgainWhenTheAnswerWasLost() throws Exception {
        earn();
        Faucet faucet = faucet(100, 100, 100, 0);
        interference().next(Interference.Fate.ANSWER_LOST);
        assertRefused(Reason.PENDING, () -> faucet.give("one", Amount.of(100), "a"));
        assertThat(faucet.give("one", Amount.of(100), "a").token()).isPresent();
        assertUnspent(900);
    }

    @Test
    void shouldNotGiveMoreThanTheLimitWhenManyAskAtOnce() throws Exception {
        earn();
        Faucet faucet = faucet(10, 50, 1000, 0);
        int given = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Faucet.Given>> asking = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String key = "key " + i;
                asking.add(() -> faucet.give("one", Amount.of(10), key));
            }
            for (Future<Faucet.Given> answer : threads.invokeAll(asking)) {
                try {
                    given += answer.get().token().isPresent() ? 1 : 0;
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(FaucetLimitException.class);
                }
            }
        }
        assertThat(given).isEqualTo(5);
        assertUnspent(950);
    }
}
