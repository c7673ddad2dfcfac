package org.ehashpool.mint.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.mint.quote.OrderAnswer;
import org.ehashpool.mint.quote.QuoteOrder;
import org.ehashpool.mint.store.StoredQuote;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Quotes as a pool orders them. */
final class QuoteOrdersIT extends MintScenario {

    @AfterEach
    void books() throws Exception {
        assertBooksBalance();
    }

    @Test
    void shouldFindTheSameQuoteWhenOrderedAgain() throws Exception {
        QuoteOrder order = order(7);

        StoredQuote made = quoted(place(mint(), order), false);
        StoredQuote again = quoted(place(openMint(openDatabase()), order), true);

        assertThat(again).isEqualTo(made);
        assertThat(made.id().version()).isEqualTo(7);
        assertThat(made.paid()).isEqualTo(Amount.of(7));
        assertThat(made.request()).isEqualTo(order.shareHash());
        assertThat(made.share().orElseThrow().hash()).isEqualTo(order.shareHash());
    }

    @Test
    void shouldRefuseAsConflictWhenTheSameShareIsOrderedOtherwise() throws Exception {
        QuoteOrder order = order(7);
        place(mint(), order);
        PublicKey other = TestWallet.publicKey(wallet.scalar());

        assertThat(place(mint(), order(order.shareHash(), 8))).isEqualTo(refused(OrderAnswer.Reason.CONFLICT));
        assertThat(place(mint(), new QuoteOrder(order.shareHash(), 1, order.amount(), UNIT, other, clock.instant())))
                .isEqualTo(refused(OrderAnswer.Reason.CONFLICT));
    }

    @Test
    void shouldAnswerEachInItsOrderWhenManyComeAtOnce() throws Exception {
        QuoteOrder first = order(1);
        QuoteOrder unknown = new QuoteOrder(newShare(), 1, Amount.of(1), "sat", miner, clock.instant());

        List<OrderAnswer> answers = await(mint().createPaidQuotes(
                        List.of(order(3), first, unknown, first, order(first.shareHash(), 2), order(0))));

        assertThat(quoted(answers.get(0), false).paid()).isEqualTo(Amount.of(3));
        assertThat(quoted(answers.get(3), true)).isEqualTo(quoted(answers.get(1), false));
        assertThat(answers.get(2)).isEqualTo(refused(OrderAnswer.Reason.UNKNOWN_UNIT));
        assertThat(answers.get(4)).isEqualTo(refused(OrderAnswer.Reason.CONFLICT));
        assertThat(answers.get(5)).isEqualTo(refused(OrderAnswer.Reason.INVALID_AMOUNT));
    }

    @Test
    void shouldMakeOneQuoteWhenTheSameShareIsOrderedEverywhereAtOnce() throws Exception {
        Mint other = openMint(openDatabase());
        List<QuoteOrder> orders = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            orders.add(order(1 + i));
        }
        List<Future<List<OrderAnswer>>> answers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            answers.add((i % 2 == 0 ? mint() : other).createPaidQuotes(i % 3 == 0 ? orders.reversed() : orders));
        }
        for (Future<List<OrderAnswer>> answer : answers) {
            assertThat(await(answer)).allMatch(OrderAnswer.Quoted.class::isInstance);
        }
        TestServer.assertNoRow("20 quotes", "select count(*) from mint_quote having count(*) <> 20");
        assertThat(retries()).isZero();
    }

    @Test
    void shouldMakeNoneButFindThoseThatAreWhenQuotingIsStopped() throws Exception {
        Mint other = openMint(openDatabase());
        QuoteOrder order = order(7);
        place(mint(), order);

        await(mint().operate(operator -> {
            operator.stopQuoting("a drill");
            return true;
        }));

        assertThat(place(other, order(1))).isEqualTo(refused(OrderAnswer.Reason.QUOTING_STOPPED));
        quoted(place(other, order), true);
        await(other.operate(operator -> {
            operator.resumeQuoting();
            return true;
        }));
        quoted(place(mint(), order(1)), false);
    }

    @Test
    void shouldMakeNoneUntilTheUnitIsRotatedWhenTheKeysetThatSignsHasExpired() throws Exception {
        QuoteOrder order = order(7);
        place(mint(), order);
        long expiry = clock.instant().plusSeconds(60).getEpochSecond();
        await(mint().operate(operator -> operator.rotate(UNIT, 0, OptionalLong.of(expiry))));
        quoted(place(mint(), order(1)), false);

        clock.advance(Duration.ofSeconds(61));
        OrderAnswer refused = place(mint(), order(1));
        assertThat(refused).isEqualTo(refused(OrderAnswer.Reason.KEYSET_EXPIRED));
        assertThat(OrderAnswer.Reason.KEYSET_EXPIRED.retryable()).isTrue();
        quoted(place(mint(), order), true);

        await(mint().operate(operator -> operator.rotate(UNIT, 0, OptionalLong.empty())));
        quoted(place(mint(), order(1)), false);
    }

    @Test
    void shouldNeverOweMoreThanTheLimitWhenOrdersComeAtOnce() throws Exception {
        Mint other = openMint(openDatabase());
        quote(3);
        await(mint().operate(operator -> {
            operator.limit(UNIT, Optional.of(Amount.of(10)));
            return true;
        }));

        List<Future<List<OrderAnswer>>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add((i % 2 == 0 ? mint() : other).createPaidQuotes(List.of(order(2))));
        }
        int made = 0;
        for (Future<List<OrderAnswer>> answer : answers) {
            OrderAnswer one = await(answer).getFirst();
            if (one instanceof OrderAnswer.Quoted) {
                made++;
            } else {
                assertThat(one).isEqualTo(refused(OrderAnswer.Reason.LIMIT_REACHED));
            }
        }
        assertThat(made).isEqualTo(3);
        // What is owed is counted wherever the rows are.
        await(mint().upkeep());
        quoted(place(mint(), order(1)), false);
        assertThat(place(mint(), order(1))).isEqualTo(refused(OrderAnswer.Reason.LIMIT_REACHED));
    }

    private static OrderAnswer place(Mint at, QuoteOrder order) throws Exception {
        return await(at.createPaidQuotes(List.of(order))).getFirst();
    }

    private static StoredQuote quoted(OrderAnswer answer, boolean existed) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        OrderAnswer.Quoted.class,
                        quoted -> assertThat(quoted.existed()).isEqualTo(existed));
        return ((OrderAnswer.Quoted) answer).quote();
    }

    private static OrderAnswer refused(OrderAnswer.Reason reason) {
        return new OrderAnswer.Refused(reason);
    }
}
