package org.ehashpool.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.token.TokenCodec;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.Interference.Fate;
import org.ehashpool.wallet.operation.OperationException;
import org.ehashpool.wallet.operation.OperationException.Reason;
import org.ehashpool.wallet.store.Operation;
import org.junit.jupiter.api.Test;

/** What mints do without the wallet's knowledge: late, or for an older copy of it. */
final class RecoveryIT extends WalletScenario {

    private void fill(long amount) throws Exception {
        quote(amount);
        claim();
    }

    private static void assertFails(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OperationException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    /** As if the database were a copy from before any output: what it has now of proofs stays. */
    private void forgetOutputs() {
        store().transact(
                        Isolation.READ_COMMITTED,
                        sql -> sql.execute("delete from output") + sql.execute("update keyset set next_counter = 0"));
    }

    @Test
    void shouldFindByItselfWhatAMintDidAfterTheSendWasGivenUp() throws Exception {
        fill(1000);
        interference().next(Fate.CARRIED_OUT_LATE);
        assertFails(Reason.REFUSED, () -> send(100));
        interference().carryOutLate();
        ahead.set(Duration.ofMinutes(2));
        claim();
        assertUnspent(1000);
        // What it shows is not what the late request has spent.
        wallet().receive(token(send(1000)));
        assertUnspent(1000);
        assertNothingLost();
    }

    @Test
    void shouldEndWithTheValueWhenALateSwapHasSpentTheInputsOfTheNext() throws Exception {
        fill(1000);
        interference().next(Fate.REQUEST_LOST, Fate.CARRIED_OUT_LATE);
        assertFails(Reason.PENDING, () -> send(100));
        ahead.set(Duration.ofMinutes(1));
        claim();
        assertUnspent(1000);
        interference().carryOutLate();
        assertFails(Reason.REFUSED, () -> send(100));
        assertUnspent(1000);
        assertNothingLost();
        assertThat(TokenCodec.decode(token(send(100))).amount()).contains(Amount.of(100));
        assertUnspent(900);
        assertNothingLost();
    }

    @Test
    void shouldFindWhatALateBatchHasMintedWhenItsQuotesAreIssued() throws Exception {
        quote(3);
        quote(12);
        interference().next(Fate.CARRIED_OUT_LATE);
        interference().lateBeforeTheNext = true;
        claim();
        assertUnspent(15);
        assertNothingLost();
    }

    @Test
    void shouldKeepATokenWhoseSwapCameLate() throws Exception {
        fill(1000);
        String token = token(send(100));
        interference().next(Fate.CARRIED_OUT_LATE);
        assertFails(Reason.REFUSED, () -> wallet().receive(token));
        interference().carryOutLate();
        assertFails(Reason.SPENT, () -> wallet().receive(token));
        assertUnspent(1000);
        claim();
        assertNothingLost();
    }

    @Test
    void shouldHaveEverythingAfterTheFirstPassWhenTheDatabaseIsNew() throws Exception {
        fill(1000);
        wallet().receive(token(send(100)));
        emptyDatabase();
        reopen();
        fill(24);
        assertUnspent(1024);
        assertNothingLost();
    }

    @Test
    void shouldGoOnWithHigherCountersWhenTheStartFindsSignedOutputs() throws Exception {
        fill(1000);
        forgetOutputs();
        reopen();
        fill(24);
        assertUnspent(1024);
        assertNothingLost();
    }

    @Test
    void shouldGoOnWithHigherCountersWhenTheMintHasSignedTheOutputsOfAnother() throws Exception {
        fill(1000);
        forgetOutputs();
        Operation send = send(100);
        assertThat(TokenCodec.decode(token(send)).amount()).contains(Amount.of(100));
        assertUnspent(900);
        forgetOutputs();
        fill(24);
        assertUnspent(924);
        assertNothingLost();
    }

    @Test
    void shouldSayThatAmountsAreTooLargeTogether() throws Exception {
        fill(1L << 63);
        fill(1L << 63);
        assertThatThrownBy(() -> send(-1L))
                .isInstanceOf(OperationException.class)
                .hasMessageContaining("more than 2^64-1 together");
    }
}
