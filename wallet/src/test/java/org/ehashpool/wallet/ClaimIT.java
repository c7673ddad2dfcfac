package org.ehashpool.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.json.QuoteMessages.LookupAnswer;
import org.ehashpool.cashu.json.QuoteMessages.QuoteAnswer;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.wallet.Interference.Fate;
import org.ehashpool.wallet.mint.MintFaultException;
import org.ehashpool.wallet.mint.MintUnavailableException;
import org.junit.jupiter.api.Test;

final class ClaimIT extends WalletScenario {

    @Test
    void shouldClaimOneQuoteByItself() throws Exception {
        quote(13);
        assertThat(claim()).isEqualTo(1);
        assertUnspent(13);
        assertThat(interference().singles).isEqualTo(1);
        assertThat(interference().batches).isZero();
        assertNothingLost();
    }

    @Test
    void shouldClaimManyQuotesInBatchesWhenTheyAreMoreThanAPage() throws Exception {
        for (int i = 1; i <= 130; i++) {
            quote(i);
        }
        assertThat(claim()).isEqualTo(130);
        assertUnspent(130 * 131 / 2);
        assertThat(interference().batches).isEqualTo(2);
        assertThat(claim()).isZero();
        assertNothingLost();
    }

    @Test
    void shouldHaveEveryAmountUnchangedUpToTheLargest() throws Exception {
        List<Long> amounts = List.of((1L << 53) + 1, 1L << 63, -1L);
        BigInteger sum = BigInteger.ZERO;
        for (long amount : amounts) {
            quote(amount);
            sum = sum.add(Amount.of(amount).toBigInteger());
        }
        assertThat(claim()).isEqualTo(3);
        assertThat(unspent()).isEqualTo(sum);
        assertThat(wallet().claimedTotal()).isEqualTo(sum);
        assertNothingLost();
    }

    @Test
    void shouldClaimTheSameOutputsWhenTheRequestWasLost() throws Exception {
        quote(7);
        interference().next(Fate.REQUEST_LOST);
        assertThatThrownBy(this::claim).isInstanceOf(MintUnavailableException.class);
        assertUnspent(0);
        reopen();
        assertThat(claim()).isZero();
        ahead.set(Duration.ofMinutes(1));
        claim();
        assertUnspent(7);
        assertNothingLost();
    }

    @Test
    void shouldClaimTheSameOutputsWhenTheAnswerWasLost() throws Exception {
        quote(7);
        quote(8);
        interference().next(Fate.ANSWER_LOST);
        assertThatThrownBy(this::claim).isInstanceOf(MintUnavailableException.class);
        assertUnspent(0);
        reopen();
        ahead.set(Duration.ofMinutes(1));
        claim();
        assertUnspent(15);
        assertNothingLost();
    }

    @Test
    void shouldSeekTheOldOutputsWhenTheirKeysetWasRetiredAfterTheyWereSigned() throws Exception {
        quote(7);
        interference().next(Fate.ANSWER_LOST);
        assertThatThrownBy(this::claim).isInstanceOf(MintUnavailableException.class);
        mint().rotate(0);
        ahead.set(Duration.ofMinutes(1));
        claim();
        assertUnspent(7);
        assertNothingLost();
    }

    @Test
    void shouldTakeNewOutputsWhenTheKeysetWasRetiredBeforeTheyWereSigned() throws Exception {
        quote(7);
        interference().next(Fate.REQUEST_LOST);
        assertThatThrownBy(this::claim).isInstanceOf(MintUnavailableException.class);
        mint().rotate(0);
        ahead.set(Duration.ofMinutes(1));
        claim();
        assertUnspent(7);
        assertNothingLost();
    }

    @Test
    void shouldClaimTheRestWhenOneQuoteIsUnknownToTheMint() throws Exception {
        quote(1);
        quote(2);
        quote(4);
        interference().lookups = answer -> {
            List<QuoteAnswer> quotes = new ArrayList<>(answer.quotes());
            QuoteAnswer good = quotes.getFirst();
            quotes.add(new QuoteAnswer(
                    "01890000-0000-7000-8000-000000000000",
                    good.method(),
                    good.request(),
                    good.unit(),
                    good.amount(),
                    good.expiry(),
                    good.pubkey(),
                    good.counters()));
            return new LookupAnswer(quotes, answer.nextCursor());
        };
        assertThat(claim()).isEqualTo(3);
        assertUnspent(7);
        assertThat(wallet().openOperations()).isEqualTo(1);
    }

    @Test
    void shouldClaimQuotesOfEveryKeyWhenTheKeyHasChanged() throws Exception {
        PublicKey first = wallet().lockingKey();
        quote(1);
        ahead.set(Duration.ofHours(25));
        reopen();
        assertThat(wallet().lockingKey()).isNotEqualTo(first);
        quote(2);
        assertThat(claim()).isEqualTo(2);
        mint().quote(first, Amount.of(4));
        assertThat(claim()).isEqualTo(1);
        assertUnspent(7);
    }

    @Test
    void shouldTakeNothingWhenTheMintSignsWithAnotherKey() throws Exception {
        quote(3);
        interference().signatures = List::reversed;
        assertThatThrownBy(this::claim).isInstanceOf(MintFaultException.class);
        assertUnspent(0);
        reopen();
        ahead.set(Duration.ofMinutes(1));
        claim();
        assertUnspent(3);
        assertNothingLost();
    }

    @Test
    void shouldStopWhenPagesLeadNowhere() throws Exception {
        quote(3);
        interference().ignoresCursors = true;
        interference().lookups = answer -> new LookupAnswer(answer.quotes(), Optional.of("again"));
        assertThatThrownBy(this::claim).isInstanceOf(MintFaultException.class);
    }

    @Test
    void shouldClaimByItselfWhenItIsHintedAt() throws Exception {
        wallet().start();
        await().until(() -> wallet().mints().getFirst().lastGood().isPresent());
        quote(5);
        wallet().hint(mint().url());
        await().untilAsserted(() -> assertUnspent(5));
    }
}
