package org.ehashpool.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.token.Token;
import org.ehashpool.cashu.token.TokenCodec;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.DatabaseSchema;
import org.ehashpool.wallet.Interference.Fate;
import org.ehashpool.wallet.mint.MintClient;
import org.ehashpool.wallet.mint.TrustedMint;
import org.ehashpool.wallet.operation.OperationException;
import org.ehashpool.wallet.operation.OperationException.Reason;
import org.ehashpool.wallet.operation.Transfers;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.OperationKind;
import org.ehashpool.wallet.store.OperationState;
import org.ehashpool.wallet.store.WalletSchema;
import org.ehashpool.wallet.store.WalletStore;
import org.junit.jupiter.api.Test;

final class TransferIT extends WalletScenario {

    private void fill(long... amounts) throws Exception {
        for (long amount : amounts) {
            quote(amount);
        }
        claim();
    }

    private static void assertFails(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OperationException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    @Test
    void shouldSendWithoutASwapWhenProofsAreExact() throws Exception {
        fill(12);
        Operation send = send(8);
        Token token = TokenCodec.decode(token(send));
        assertThat(token.amount()).contains(Amount.of(8));
        assertThat(token.unit()).contains("hash");
        assertUnspent(4);
        assertNothingLost();
    }

    @Test
    void shouldSendWithChange() throws Exception {
        fill(1000);
        Operation send = send(100);
        assertThat(TokenCodec.decode(token(send)).amount()).contains(Amount.of(100));
        assertUnspent(900);
        assertNothingLost();
    }

    @Test
    void shouldBeTheSameSendWhenTheKeyIsTheSame() throws Exception {
        fill(1000);
        Transfers.SendOrder order =
                new Transfers.SendOrder(Amount.of(100), "hash", Optional.empty(), Optional.of("key"));
        Operation first = wallet().send(order);
        Operation second = wallet().send(order);
        assertThat(second.id()).isEqualTo(first.id());
        assertUnspent(900);
        assertFails(
                Reason.CONFLICT,
                () -> wallet().send(
                                new Transfers.SendOrder(Amount.of(101), "hash", Optional.empty(), Optional.of("key"))));
    }

    @Test
    void shouldFinishTheSendWhenItsAnswerWasLost() throws Exception {
        fill(1000);
        Transfers.SendOrder order =
                new Transfers.SendOrder(Amount.of(100), "hash", Optional.empty(), Optional.of("key"));
        interference().next(Fate.ANSWER_LOST);
        assertFails(Reason.PENDING, () -> wallet().send(order));
        reopen();
        Operation send = wallet().send(order);
        assertThat(TokenCodec.decode(token(send)).amount()).contains(Amount.of(100));
        assertUnspent(900);
        assertNothingLost();
    }

    @Test
    void shouldFinishTheSendByItselfWhenItsRequestWasLost() throws Exception {
        fill(1000);
        interference().next(Fate.REQUEST_LOST);
        assertFails(Reason.PENDING, () -> send(100));
        reopen();
        ahead.set(Duration.ofMinutes(1));
        claim();
        assertUnspent(900);
        Operation send = wallet().history(Optional.empty(), 1).getFirst();
        assertThat(TokenCodec.decode(token(send)).amount()).contains(Amount.of(100));
        assertNothingLost();
    }

    @Test
    void shouldTakeNewOutputsForASwapWhenTheKeysetWasRetired() throws Exception {
        fill(1000);
        mint().rotate(0);
        Operation send = send(100);
        assertThat(TokenCodec.decode(token(send)).amount()).contains(Amount.of(100));
        assertUnspent(900);
        assertNothingLost();
    }

    @Test
    void shouldTakeBackWhatNobodyHasClaimed() throws Exception {
        fill(1000);
        Operation send = send(100);
        Operation reclaim = wallet().reclaim(send.id());
        assertThat(reclaim.kind()).isEqualTo(OperationKind.RECLAIM);
        assertThat(wallet().token(send.id())).isEmpty();
        assertUnspent(1000);
        assertFails(Reason.SPENT, () -> wallet().reclaim(send.id()));
        assertNothingLost();
    }

    @Test
    void shouldReceiveFromAnotherWalletOnceAndTellItsSender() throws Exception {
        fill(1000);
        Operation send = send(100);
        String token = token(send);
        try (Other other = new Other()) {
            Operation receipt = other.wallet.receive(token);
            assertThat(receipt.state()).isEqualTo(OperationState.DONE);
            assertThat(receipt.amount()).isEqualTo(Amount.of(100));
            assertFails(Reason.SPENT, () -> other.wallet.receive(token));
            assertThat(other.wallet.balances().getFirst().unspent()).isEqualTo(100);
        }
        assertFails(Reason.SPENT, () -> wallet().reclaim(send.id()));
        assertThat(wallet().token(send.id())).isEmpty();
        assertUnspent(900);
    }

    @Test
    void shouldReceiveItsOwnToken() throws Exception {
        fill(1000);
        wallet().receive(token(send(100)));
        assertUnspent(1000);
        assertNothingLost();
    }

    @Test
    void shouldPayTheMintsFees() throws Exception {
        mint().rotate(100);
        fill(1000);
        Operation send = send(100);
        assertThat(send.fee().isZero()).isFalse();
        assertThat(TokenCodec.decode(token(send)).amount()).contains(Amount.of(100));
        wallet().receive(token(send));
        assertNothingLost();
    }

    @Test
    void shouldRefuseWhatItCannotDo() throws Exception {
        fill(100);
        assertFails(Reason.INSUFFICIENT, () -> send(101));
        assertFails(Reason.INVALID, () -> send(0));
        assertFails(Reason.INVALID, () -> wallet().receive("cashuBnonsense"));
        assertFails(
                Reason.MINT_NOT_TRUSTED,
                () -> wallet().receive(TokenCodec.encodeV4(
                        new Token(
                                List.of(new Token.Part(
                                        "https://elsewhere.example",
                                        TokenCodec.decode(token(send(4)))
                                                .parts()
                                                .getFirst()
                                                .proofs())),
                                Optional.of("hash"),
                                Optional.empty()),
                        TokenCodec.KeysetIds.FULL)));
    }

    @Test
    void shouldSendAndReceiveTheLargestAmounts() throws Exception {
        for (long amount : List.of((1L << 53) + 1, 1L << 63, -1L)) {
            fill(amount);
            Operation send = send(amount);
            assertThat(TokenCodec.decode(token(send)).amount()).contains(Amount.of(amount));
            assertThat(wallet().receive(token(send)).amount()).isEqualTo(Amount.of(amount));
        }
        assertNothingLost();
    }

    /** Another wallet, with another seed. */
    private final class Other implements AutoCloseable {
        private final Database database;
        private final Wallet wallet;

        Other() throws Exception {
            DatabaseSchema schema = new DatabaseSchema("other_wallet", WalletSchema.MIGRATIONS);
            database = TestServer.openEmpty(schema);
            WalletOptions options = WalletOptions.of(List.of(new TrustedMint(mint().url(), Optional.empty())));
            wallet = Wallet.open(
                    new WalletStore(database, schema),
                    WalletSeed.of(new byte[32]),
                    new WalletOptions(
                            options.mints(),
                            Set.of("hash"),
                            false,
                            options.keyRotation(),
                            options.lookupInterval(),
                            options.requestTimeout(),
                            options.consolidation()),
                    new Surroundings(
                            url -> new MintClient(MintClient.http(Duration.ofSeconds(5)), url, Duration.ofSeconds(10)),
                            clock,
                            random));
        }

        @Override
        public void close() {
            wallet.close();
            database.close();
        }
    }
}
