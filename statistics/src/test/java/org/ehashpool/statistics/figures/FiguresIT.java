package org.ehashpool.statistics.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ehashpool.statistics.figures.DownstreamDetail.Rejection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FiguresIT {
    private static final Instant NOW = Instant.parse("2026-11-23T12:34:56.789Z");
    private static final Instant MINUTE = Instant.parse("2026-11-23T12:34:00Z");
    private static final ListRequest ALL = new ListRequest("", "", "", false, 0, 50);

    private FilledDatabase database;

    @BeforeEach
    void open() throws Exception {
        database = FilledDatabase.empty("figures");
        database.runAt(NOW, "insert into sender (service, instance, first_seen_at) values ('pool', 'a', {0})");
        database.runAt(NOW, """
                insert into boot (sender_id, boot_id, first_seen_at, last_seen_at, last_seq) values (1, 'b', {0}, {0}, 9)""");
        heard(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void heard(Duration ago) {
        database.run("delete from service");
        database.runAt(NOW.minus(ago), """
                insert into service (sender_id, name, instance, state, last_heartbeat_at)
                values (1, 'pool', 'a', 'ready', {0})""");
    }

    private void sample(long subject, Instant minute, long accepted, long rejected, long work) {
        database.runAt(
                minute, "insert into sample values ({0}, %d, %d, %d, %d)".formatted(subject, accepted, rejected, work));
    }

    private long downstream(String user, String kind) {
        database.runAt(NOW, """
                insert into downstream (sender_id, kind, user_identity, host, first_seen_at, last_active_at)
                values (1, '%s', '%s', '10.0.0.1', {0}, {0})""".formatted(kind, user));
        return database.ask(
                NOW,
                figures -> figures.downstreams(new ListRequest(user, "", "", false, 0, 1))
                        .rows()
                        .getFirst()
                        .id());
    }

    private void session(long downstream, long number, Instant connected, Optional<Instant> disconnected) {
        database.runAt(connected, """
                insert into session (downstream_id, boot, number, flags, connected_at, last_active_at, accepted)
                values (%d, 1, %d, 0, {0}, {0}, %d)""".formatted(downstream, number, number));
        disconnected.ifPresent(
                at -> database.runAt(at, "update session set disconnected_at = {0} where number = " + number));
    }

    @Test
    void shouldDivideWorkByRecordedTimeWhenMinutesAreMissing() {
        // Nothing of 12:31 was recorded: that is no zero.
        sample(0, MINUTE.minusSeconds(240), 1, 0, 600);
        sample(0, MINUTE.minusSeconds(120), 1, 0, 1800);
        sample(0, MINUTE.minusSeconds(60), 0, 0, 0);

        Series series = database.ask(NOW, figures -> figures.series(0, Range.HOUR));

        assertThat(series.points()).extracting(Series.Point::hashrate).containsExactly(10.0, 30.0, 0.0);
        assertThat(series.average()).isCloseTo(2400 / 180.0, within(1e-9));
        assertThat(series.peak()).isEqualTo(30);
        assertThat(series.low()).isZero();
    }

    @Test
    void shouldLeaveOutTheMinuteThatIsNotOverWhenThereIsOne() {
        sample(0, MINUTE, 5, 0, 6000);

        Series series = database.ask(NOW, figures -> figures.series(0, Range.HOUR));

        assertThat(series.points()).isEmpty();
        assertThat(series.average()).isNull();
    }

    @Test
    void shouldKnowLeastAndGreatestMinuteWhenStepsAreLonger() {
        Instant step = Range.floor(MINUTE.minus(Duration.ofHours(3)), Duration.ofMinutes(5));
        sample(0, step, 1, 0, 60);
        sample(0, step.plusSeconds(60), 1, 2, 600);

        Series series = database.ask(NOW, figures -> figures.series(0, Range.DAY));

        assertThat(series.points()).containsExactly(new Series.Point(step, 5.5, 1, 10, 2, 2, 120));
    }

    @Test
    void shouldTakeHoursAndThenMinutesWhenTheRangeIsAWeek() {
        Instant hour = Instant.parse("2026-11-23T10:00:00Z");
        database.runAt(hour, "insert into sample_hour values ({0}, 7, 10, 1, 36000, 20, 5)");
        // Rolled up already: not counted again.
        sample(7, hour.plusSeconds(60), 10, 1, 36000);
        sample(7, hour.plusSeconds(3600), 1, 0, 1200);

        Series series = database.ask(NOW, figures -> figures.series(7, Range.WEEK));

        assertThat(series.points())
                .containsExactly(
                        new Series.Point(hour, 10, 5, 20, 10, 1, 3600),
                        new Series.Point(hour.plusSeconds(3600), 20, 20, 20, 1, 0, 60));
    }

    @Test
    void shouldHaveFiveHundredStepsAtMostWhenTheRangeIsFull() {
        for (Range range : Range.values()) {
            assertThat(range.length().dividedBy(range.step())).as(range.label()).isLessThanOrEqualTo(499);
        }
    }

    @Test
    void shouldTellTheWholeWhenThereIsNothing() {
        database.run("delete from service");

        Overview overview = database.ask(NOW, Figures::overview);

        assertThat(overview.hashrate()).isNull();
        assertThat(overview.sharesPerMinute()).isNull();
        assertThat(overview.downstreams()).isZero();
        assertThat(overview.services()).isEmpty();
        assertThat(overview.lastBlock()).isNull();
    }

    @Test
    void shouldAverageFiveWholeMinutesWhenAskedForNow() {
        for (int minute = 1; minute <= 6; minute++) {
            sample(0, MINUTE.minusSeconds(60L * minute), minute, 0, 60L * minute);
        }
        sample(0, MINUTE, 1000, 0, 1_000_000);

        Overview overview = database.ask(NOW, Figures::overview);

        assertThat(overview.hashrate()).isEqualTo(3);
        assertThat(overview.sharesPerMinute()).isEqualTo(3);
        assertThat(overview.acceptedHour()).isEqualTo(21);
    }

    @Test
    void shouldListReasonsWhenSharesWereRejectedWithinTheHour() {
        database.runAt(MINUTE.minusSeconds(120), "insert into rejection values ({0}, 1, 'stale-share', 3)");
        database.runAt(MINUTE.minusSeconds(60), "insert into rejection values ({0}, 2, 'stale-share', 4)");
        database.runAt(MINUTE.minusSeconds(60), "insert into rejection values ({0}, 2, 'duplicate-share', 9)");
        database.runAt(MINUTE.minusSeconds(3720), "insert into rejection values ({0}, 2, 'stale-share', 100)");

        Overview overview = database.ask(NOW, Figures::overview);

        assertThat(overview.rejections())
                .containsExactly(new Rejection("duplicate-share", 9), new Rejection("stale-share", 7));
    }

    @Test
    void shouldKeepLifetimeAndShowTheNewestSessionWhenSomebodyReconnected() {
        long id = downstream("alice", "miner");
        database.run("update downstream set accepted = 30, sessions = 2");
        session(id, 10, NOW.minusSeconds(500), Optional.of(NOW.minusSeconds(300)));
        session(id, 20, NOW.minusSeconds(200), Optional.empty());

        DownstreamView view =
                database.ask(NOW, figures -> figures.downstreams(ALL).rows().getFirst());

        assertThat(view.state()).isEqualTo("connected");
        assertThat(view.sessionAccepted()).isEqualTo(20);
        assertThat(view.accepted()).isEqualTo(30);
        assertThat(view.disconnectedAt()).isNull();
    }

    @Test
    void shouldShowConnectionsAsNotHeardOfWhenTheirServiceIsDown() {
        session(downstream("alice", "miner"), 1, NOW.minusSeconds(500), Optional.empty());
        session(downstream("bob", "miner"), 2, NOW.minusSeconds(500), Optional.of(NOW.minusSeconds(60)));
        heard(Duration.ofSeconds(13));

        List<DownstreamView> rows =
                database.ask(NOW, figures -> figures.downstreams(ALL).rows());
        Overview overview = database.ask(NOW, Figures::overview);

        assertThat(rows).extracting(DownstreamView::state).containsExactly("stale", "gone");
        assertThat(overview.downstreams()).isZero();
        assertThat(overview.stale()).isEqualTo(1);
        assertThat(overview.services().getFirst().status()).isEqualTo("down");
    }

    @Test
    void shouldFindSortAndPageWhenThereAreMany() {
        SmallPool.fill(freshPool(), NOW, 120);

        Rows<DownstreamView> found = database.ask(
                NOW, figures -> figures.downstreams(new ListRequest("rig-00", "miner", "accepted", true, 10, 10)));
        Rows<DownstreamView> beyond = database.ask(
                NOW, figures -> figures.downstreams(new ListRequest("rig-00", "miner", "accepted", true, 900, 10)));

        assertThat(found.rows())
                .hasSize(10)
                .isSortedAccordingTo((one, other) -> Long.compare(other.accepted(), one.accepted()));
        assertThat(found.rows()).allMatch(row -> row.user().startsWith("rig-00"));
        assertThat(found.total()).isEqualTo(beyond.total()).isGreaterThan(20);
        assertThat(beyond.rows()).isEmpty();
    }

    @Test
    void shouldTakeSignsOfPatternsLiterallyWhenSearching() {
        downstream("al%ce", "miner");
        downstream("alice", "miner");

        assertThat(database.ask(NOW, figures -> figures.downstreams(new ListRequest("l%c", "", "", false, 0, 50)))
                        .rows())
                .extracting(DownstreamView::user)
                .containsExactly("al%ce");
    }

    @Test
    void shouldListChannelsAndSessionsWhenADownstreamIsLookedAt() {
        SmallPool.fill(freshPool(), NOW, 40);

        DownstreamDetail detail = database.ask(
                        NOW, figures -> figures.downstream(downstreamId(figures, "bitaxe.desk"), Range.HOUR))
                .orElseThrow();

        assertThat(detail.downstream().channels()).isEqualTo(1);
        assertThat(detail.channels())
                .extracting(DownstreamDetail.ChannelView::user)
                .containsOnly("bitaxe.desk");
        assertThat(detail.channels().getFirst().closedAt()).isNull();
        assertThat(detail.sessions()).hasSize((int) detail.downstream().sessions());
        assertThat(detail.series().points()).hasSize(60);
        Optional<DownstreamDetail> none = database.ask(NOW, figures -> figures.downstream(1_000_000, Range.HOUR));
        assertThat(none).isEmpty();
    }

    private static long downstreamId(Figures figures, String user) {
        return figures.downstreams(new ListRequest(user, "", "", false, 0, 1))
                .rows()
                .getFirst()
                .id();
    }

    @Test
    void shouldSumAmountsExactlyAndOnceWhenPoolAndMintTellOfTheSameQuotes() {
        database.runAt(NOW, "insert into sender (service, instance, first_seen_at) values ('mint', 'm', {0})");
        database.run(
                "insert into quote_total values (2, '', 'hash', 3, 18446744073709551615, 1, 9007199254740993, 0, 0)");
        database.run("insert into quote_total values (1, 'https://mint', 'hash', 3, 18446744073709551615, 0, 0, 2, 5)");
        database.runAt(MINUTE, "insert into quote_history values ({0}, 2, '', 'hash', 1, 7, 1, 5)");
        database.runAt(MINUTE, "insert into quote_history values ({0}, 1, 'https://mint', 'hash', 1, 7, 0, 0)");

        List<Quotes.UnitTotal> units =
                database.ask(NOW, figures -> figures.overview().quotes());
        Quotes quotes = database.ask(NOW, figures -> figures.quotes(Range.HOUR));

        assertThat(units).hasSize(1);
        assertThat(units.getFirst().createdAmount()).isEqualTo(new BigInteger("18446744073709551615"));
        assertThat(units.getFirst().issuedAmount()).isEqualTo(new BigInteger("9007199254740993"));
        assertThat(units.getFirst().dayCreated()).isEqualTo(1);
        assertThat(quotes.totals()).hasSize(2);
        assertThat(quotes.steps()).hasSize(1);
        assertThat(quotes.steps().getFirst().createdAmount()).isEqualTo(7);
    }

    @Test
    void shouldSumUpWhatIsMissingWhenGapsAreKnownAndUnknown() {
        database.runAt(
                NOW.minusSeconds(60), "insert into gap (boot, from_seq, to_seq, noticed_at) values (1, 3, 7, {0})");
        database.runAt(NOW.minusSeconds(60), "insert into gap (boot, from_seq, noticed_at) values (1, 9, {0})");
        database.runAt(
                NOW.minus(Duration.ofDays(2)),
                "insert into gap (boot, from_seq, to_seq, noticed_at) values (1, 1, 1, {0})");

        Overview overview = database.ask(NOW, Figures::overview);

        assertThat(overview.missingEvents()).isEqualTo(5);
        assertThat(overview.unknownGaps()).isEqualTo(1);
    }

    @Test
    void shouldTellBacklogAndChainWhenAPoolToldOfThem() {
        SmallPool.fill(freshPool(), NOW, 20);

        List<MintView> mints = database.ask(NOW, Figures::mints);
        Optional<NetworkView> network =
                Optional.ofNullable(database.ask(NOW, Figures::overview).network());

        assertThat(mints).extracting(MintView::state).containsExactly("away", "connected");
        assertThat(mints.getFirst().amount()).isEqualTo(new BigInteger("9007199254740993"));
        assertThat(mints.getFirst().shares()).isEqualTo(1310);
        assertThat(network.orElseThrow().height()).isEqualTo(912345);
        assertThat(network.orElseThrow().difficulty()).isEqualTo(152270000000000.0);
        assertThat(network.orElseThrow().toldBy()).isEqualTo("template-provider template-provider-1");
    }

    @Test
    void shouldTellTheChainByThePoolWhenNoNodeIsHeardOf() {
        SmallPool.fill(freshPool(), NOW, 1);
        database.run("update service set last_heartbeat_at = last_heartbeat_at - interval '1 minute',"
                + " polled_at = null, answered_at = null where name = 'template-provider'");

        NetworkView network =
                Objects.requireNonNull(database.ask(NOW, Figures::overview).network());

        assertThat(network.toldBy()).isEqualTo("pool pool-1");
        assertThat(network.difficulty()).isEqualTo(152270000000000.0);
    }

    @Test
    void shouldTellWhyAMintMakesNoQuotesWhenItSaysSoWithItsWholeKey() {
        SmallPool.fill(freshPool(), NOW, 1);
        database.run("update service set details = jsonb_set(details, '{mint,quoting_stopped}', '\"an inspection\"')"
                + " where name = 'mint'");

        assertThat(database.ask(NOW, Figures::mints))
                .filteredOn(mint -> mint.quotingStopped() != null)
                .singleElement()
                .satisfies(mint -> {
                    assertThat(mint.url()).isEqualTo("https://mint.example");
                    assertThat(mint.quotingStopped()).isEqualTo("an inspection");
                });
    }

    @Test
    void shouldTellWhatWaitsForNoMintWhenAPoolHasPutItIntoNoOrder() {
        SmallPool.fill(freshPool(), NOW, 1);
        database.run("update service set details = jsonb_set(details, '{outbox,unbound_shares}', '77')"
                + " where name = 'pool'");

        assertThat(database.ask(NOW, Figures::mints))
                .filteredOn(mint -> mint.state().equals("unbound"))
                .singleElement()
                .satisfies(mint -> assertThat(mint.shares()).isEqualTo(77));
    }

    @Test
    void shouldTellWhatPoolsAcceptedInAKeysNameWhenWorkersAreNamedBehindIt() {
        String key = "02" + "ab".repeat(32);
        database.runAt(NOW, """
                insert into miner (sender_id, user_identity, first_seen_at, last_active_at, accepted, work)
                values (1, '%1$s', {0}, {0}, 1, 10), (1, '%1$s.a', {0}, {0}, 2, 20), (1, '%1$sa', {0}, {0}, 4, 40)""".formatted(key));

        Map<String, CreditView> credited =
                database.ask(NOW, figures -> figures.credited(List.of(key, "03" + "ab".repeat(32))));

        assertThat(credited)
                .containsExactly(Map.entry(key, new CreditView(key, 2, 3, 0, BigInteger.valueOf(30), null)));
    }

    @Test
    void shouldKeepTheOrderOfBlocksWhenTheyArePaged() {
        SmallPool.fill(freshPool(), NOW, 20);

        Rows<BlockView> page = database.ask(NOW, figures -> figures.blocks(20, 10));

        assertThat(page.total()).isEqualTo(23);
        assertThat(page.rows())
                .hasSize(3)
                .isSortedAccordingTo((one, other) -> other.foundAt().compareTo(one.foundAt()));
    }

    /** What the small pool brings itself. */
    private FilledDatabase freshPool() {
        database.run("delete from service; delete from boot; delete from sender");
        database.run("alter table sender alter id restart; alter table boot alter id restart");
        return database;
    }
}
