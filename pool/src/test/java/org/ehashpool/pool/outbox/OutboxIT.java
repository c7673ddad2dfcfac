package org.ehashpool.pool.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.pool.connection.EhashNotice;
import org.ehashpool.pool.ledger.Credits;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.ehashpool.sv2.message.MintQuoteErrorCode;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

/** The outbox on PostgreSQL: every credit in exactly one quote, whatever happens in between. */
class OutboxIT extends OutboxScenario {

    @Test
    void shouldMakeAQuoteOfEachCreditWhenNotBehind() {
        PoolNode node = node("a");
        node.link(mint);
        node.commit(credits.next(50));
        awaitQuoted();
        assertThat(mint.quotes()).hasSize(50).allMatch(quote -> quote.shareCount() == 1);
        assertPaidOnce(50);
    }

    @Test
    void shouldFoldCreditsOfOneKeyWhenBehind() {
        PoolNode node = node("a");
        node.commit(credits.next(3_000));
        node.commit(credits.key(Optional.of(Credits.OTHER_KEY)).next(1_000));
        node.commit(credits.key(Optional.empty()).next(10));
        node.link(mint);
        awaitQuoted();
        assertThat(mint.quotes()).hasSize(2);
        assertPaidOnce(4_000);
    }

    @Test
    void shouldMakeAQuoteOfEachCreditWhenFoldingIsOff() {
        PoolNode node = node(
                "a",
                new OutboxConfig(
                        100, false, 16, 500, 1_000_000, Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ZERO));
        node.commit(credits.next(1_000));
        node.link(mint);
        awaitQuoted();
        assertThat(mint.quotes()).hasSize(1_000);
        assertPaidOnce(1_000);
    }

    @Test
    void shouldAskAgainForWhatWasNotAnswered() {
        PoolNode node = node("a");
        mint.silent(true);
        FakeMint.Link link = node.link(mint);
        node.commit(credits.next(20));
        await().until(() -> mint.requests() == 20);
        mint.silent(false);
        link.cut();
        node.link(mint);
        awaitQuoted();
        assertThat(mint.requests()).isEqualTo(40);
        assertPaidOnce(20);
    }

    @Test
    void shouldLetAnotherConnectionOfTheMintTakeOver() {
        PoolNode node = node("a");
        FakeMint.Link first = node.link(mint);
        node.link(mint);
        mint.silent(true);
        node.commit(credits.next(20));
        await().until(() -> mint.requests() == 20);
        mint.silent(false);
        first.cut();
        node.commit(credits.next(5));
        await().until(() -> mint.requests() >= 35);
        assertThat(number("select count(*) from quote_order where state = 'quoted'")
                        .intValueExact())
                .isGreaterThanOrEqualTo(5);
        node.stop();
        PoolNode next = node("b");
        next.takeOver();
        next.link(mint);
        awaitQuoted();
        assertPaidOnce(25);
    }

    @Test
    void shouldSendWhatADeadProcessHasBoundAndWhatItHasNot() {
        PoolNode dead = node("a");
        mint.silent(true);
        FakeMint.Link link = dead.link(mint);
        dead.commit(credits.next(30));
        await().until(() -> mint.requests() == 30);
        link.cut();
        dead.die();
        dead.outbox.mintsChanged();
        List<MintQuoteRequest> asked = mint.quotes();

        PoolNode survivor = node("b");
        survivor.commit(credits.next(10));
        survivor.takeOver();
        mint.silent(false);
        survivor.link(mint);
        awaitQuoted();
        assertThat(mint.quotes()).containsAll(asked).hasSize(40);
        assertPaidOnce(40);
    }

    @Test
    void shouldBindNothingForANodeThatAnotherProcessHasTakenOver() {
        PoolNode zombie = node("a");
        zombie.commit(credits.next(10));
        zombie.die();
        PoolNode survivor = node("b");
        survivor.takeOver();
        zombie.link(mint);
        FakeMint second = new FakeMint(2);
        mints.add(second);
        survivor.link(second);
        awaitQuoted();
        assertThat(mint.quotes()).isEmpty();
        assertThat(second.quotes()).hasSize(10);
        assertPaidOnce(10);
    }

    @Test
    void shouldBindEachCreditOnceWhenTwoNodesBelieveThatItIsTheirs() throws Exception {
        PoolNode one = node("a");
        one.commit(credits.next(2_000));
        // Whatever the leases say: rows are locked, and what is bound stays bound.
        OutboxConfig config = CONFIG;
        NodeOwnership careless = new NodeOwnership() {
            @Override
            public long boot() {
                return one.leases.lease().boot();
            }

            @Override
            public List<Integer> hold(DSLContext sql) {
                return List.of(one.leases.lease().node());
            }
        };
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            MintChoice.Candidate only = new MintChoice.Candidate(new FakeMint(i).pinned.key(), Set.of("hash"), 1, 100);
            threads.add(Thread.startVirtualThread(() -> {
                boolean more = true;
                while (more) {
                    more = sql(new Binding(careless, config, List.of(only), Map.of())::run)
                            .more();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(number("select count(*) from share where order_id is null")).isZero();
        assertThat(number("select sum(share_count) from quote_order").intValueExact())
                .isEqualTo(2_000);
        assertThat(number("select sum(amount) from quote_order")).isEqualTo(number("select sum(amount) from share"));
    }

    @Test
    void shouldDivideCreditsAmongMintsAndNeverMoveThem() {
        FakeMint second = new FakeMint(2);
        mints.add(second);
        PoolNode node = node("a");
        node.link(mint);
        mint.silent(true);
        node.commit(credits.next(10));
        await().until(() -> mint.requests() == 10);
        FakeMint.Link other = node.link(second);
        node.commit(credits.next(100));
        await().until(() -> second.quotes().size() >= 50);
        assertThat(other.connectionId()).isOne();
        node.stop();

        mint.silent(false);
        PoolNode next = node("b");
        next.takeOver();
        next.link(mint);
        next.link(second);
        awaitQuoted();
        assertThat(mint.quotes()).hasSizeBetween(55, 65);
        assertPaidOnce(110);
    }

    @Test
    void shouldKeepOrdersPayableThatAMintRefusesForGood() {
        PoolNode node = node("a");
        mint.refuse(request -> Optional.of(MintQuoteErrorCode.UNKNOWN_UNIT));
        node.link(mint);
        node.commit(credits.next(3));
        awaitOrders("refused", 3);
        assertThat(number("select count(*) from quote_order where error = 'unknown-unit' and attempts >= 1")
                        .intValueExact())
                .isEqualTo(3);
        await().until(() -> node.outbox.health().detail().startsWith("alarm"));
        assertThat(node.notices)
                .extracting(EhashNotice::message)
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(message -> message instanceof Ehash.EhashQuoteFailed failed
                        && failed.errorCode().toString().equals("unknown-unit"));
        assertThat(node.told)
                .allSatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                StatsEvent.QuoteFailed.class,
                                failed -> assertThat(failed)
                                        .returns("https://mint.example", StatsEvent.QuoteFailed::mint)
                                        .returns("unknown-unit", StatsEvent.QuoteFailed::reason)))
                .extracting(event -> ((StatsEvent.QuoteFailed) event).count())
                .satisfies(counts -> assertThat(
                                counts.stream().mapToLong(Long::longValue).sum())
                        .as("each order once, however often it is refused")
                        .isEqualTo(3));
        mint.refuse(request -> Optional.empty());
        awaitQuoted();
        assertPaidOnce(3);
    }

    @Test
    void shouldWaitForAMintThatMakesNoQuotesNow() {
        PoolNode node = node("a");
        mint.refuse(request -> Optional.of(MintQuoteErrorCode.QUOTING_STOPPED));
        node.link(mint);
        node.commit(credits.next(3));
        await().until(() -> mint.requests() >= 4);
        assertThat(number("select count(*) from quote_order where state = 'refused'"))
                .isZero();
        node.commit(credits.next(300));
        mint.refuse(request -> Optional.empty());
        awaitQuoted();
        assertPaidOnce(303);
    }

    @Test
    void shouldGiveOrdersOfALostMintToAnotherAsTheyAre() {
        FakeMint second = new FakeMint(2);
        PoolNode node = node("a");
        mint.silent(true);
        FakeMint.Link link = node.link(mint);
        node.commit(credits.next(8));
        await().until(() -> mint.requests() == 8);
        List<MintQuoteRequest> asked = mint.quotes();
        link.cut();
        mint.forget();
        mints.set(0, second);
        node.outbox.mintsChanged();
        node.link(second);

        Interventions.Done done = new Interventions(database).reassign(mint.pinned.key(), "its disk is gone");
        assertThat(done.orders()).isEqualTo(8);
        node.outbox.wake();
        awaitQuoted();
        assertThat(second.quotes()).containsExactlyInAnyOrderElementsOf(asked);
        assertPaidOnce(8);
        assertThat(number("select count(*) from reassigned_order").intValueExact())
                .isEqualTo(8);
        assertThat(new Interventions(database).latest(10))
                .singleElement()
                .satisfies(past -> assertThat(past.reason()).isEqualTo("its disk is gone"));
        assertThat(new Interventions(database)
                        .reassign(mint.pinned.key(), "again")
                        .orders())
                .isZero();
    }

    @Test
    void shouldAskARestoredMintAgainForWhatItMayHaveLost() {
        PoolNode node = node("a");
        node.link(mint);
        node.commit(credits.next(5));
        awaitQuoted();
        Instant since = sql(sql -> sql.fetchSingle("select clock_timestamp()").get(0, Instant.class));
        node.commit(credits.next(7));
        awaitQuoted();
        List<MintQuoteRequest> made = mint.quotes();
        mint.forget();
        Interventions.Done done = new Interventions(database).resend(mint.pinned.key(), since, "restored a backup");
        assertThat(done.orders()).isEqualTo(7);
        await().until(() -> mint.quotes().size() == 7);
        awaitQuoted();
        assertThat(mint.quotes()).containsExactlyInAnyOrderElementsOf(made.subList(5, 12));
    }

    @Test
    void shouldTellTheChannelOfTheLastShareThatAQuoteCovers() {
        PoolNode node = node("a");
        node.commit(credits.next(1_000));
        node.link(mint);
        awaitQuoted();
        MintQuoteRequest quote = mint.quotes().getFirst();
        await().until(() -> node.notices.size() == 1);
        EhashNotice notice = node.notices.getFirst();
        assertThat(notice.connectionId()).isEqualTo(7);
        assertThat(notice.message()).isInstanceOfSatisfying(Ehash.EhashQuoteCreated.class, created -> {
            assertThat(created.channelId()).isEqualTo(3);
            assertThat(created.sequenceNumber()).isEqualTo(1_000);
            assertThat(created.shareCount()).isEqualTo(1_000);
            assertThat(created.amount()).isEqualTo(quote.amount());
            assertThat(created.mintUrl().toString()).isEqualTo("https://mint.example");
        });
    }

    @Test
    void shouldTakeNoMoreSharesWhenTooManyWait() {
        PoolNode node = node(
                "a",
                new OutboxConfig(16, true, 16, 64, 100, Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ZERO));
        node.commit(credits.next(100));
        await().atMost(Duration.ofSeconds(20)).until(node.outbox::isFull);
        assertThat(node.outbox.health().up()).isFalse();
        JsonObject state = node.outbox.state();
        assertThat(state.getLong("shares_waiting")).isEqualTo(100);
        assertThat(state.getBoolean("late")).isTrue();
        node.link(mint);
        awaitQuoted();
        await().atMost(Duration.ofSeconds(20)).until(() -> !node.outbox.isFull());
        assertPaidOnce(100);
    }
}
