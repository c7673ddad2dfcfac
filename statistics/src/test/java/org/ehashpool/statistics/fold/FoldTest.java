package org.ehashpool.statistics.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;
import org.junit.jupiter.api.Test;

class FoldTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final Origin ORIGIN = new Origin(1, 1, true);

    private final Directory directory = new Directory();
    private final Fold fold = new Fold(directory, new ClockRule(Duration.ofDays(6)));

    FoldTest() {
        directory.count(0, 0);
    }

    @Test
    void shouldCountAShareForItsChannelSessionDownstreamMinerAndTheWhole() {
        Changes changes = fold(0, connected(7), opened(7, 1, "alice"), shares(7, 1, 3, 300));

        assertThat(changes.whole().total().accepted()).isEqualTo(3);
        assertThat(only(changes.downstreams()).subject().total().work()).isEqualTo(300);
        assertThat(value(only(changes.miners()).subject().minutes(), NOW)
                        .tally()
                        .accepted())
                .isEqualTo(3);
        assertThat(only(changes.channels()).tally().accepted()).isEqualTo(3);
        assertThat(only(changes.sessions()).tally().accepted()).isEqualTo(3);
    }

    @Test
    void shouldSkipWhatItHasSeenAndNoticeWhatIsLeftOut() {
        List<Told> group = new ArrayList<>(told(1, shares(7, 1, 1, 10), shares(7, 1, 1, 10), shares(7, 1, 1, 10)));
        Changes changes = fold.fold(group, Map.of(1, 2L), true);
        assertThat(changes.whole().total().accepted()).isEqualTo(1);
        assertThat(value(changes.progress(), 1).lastSeq()).isEqualTo(3);

        Changes hole = fold.fold(told(6, shares(7, 1, 1, 10)), Map.of(1, 3L), true);
        assertThat(hole.outOfOrder()).containsExactly(1);
        assertThat(hole.events()).isEmpty();
    }

    @Test
    void shouldTakeADeclaredGapInTheNumbers() {
        List<Told> group = List.of(
                new Told(ORIGIN, new StatsMessage.Gap(1, 5), new byte[0], NOW),
                told(6, shares(7, 1, 2, 20)).getFirst());
        Changes changes = fold.fold(group, Map.of(1, 0L), true);
        assertThat(changes.gaps()).containsExactly(new Changes.Gap(1, 1, 5, NOW));
        assertThat(changes.whole().total().accepted()).isEqualTo(2);
    }

    @Test
    void shouldCountSharesOfConnectionsAndChannelsThatItDoesNotKnow() {
        Changes changes = fold(0, shares(9, 4, 5, 50));
        assertThat(changes.whole().total().work()).isEqualTo(50);
        assertThat(only(changes.downstreams()).key().kind()).isEqualTo("unknown");
        assertThat(changes.channels()).isEmpty();
    }

    @Test
    void shouldKnowADownstreamAgainOnAnotherConnection() {
        Changes first = fold(0, connected(7), gone(7), connected(8));
        assertThat(only(first.downstreams()).subject().sessions()).isEqualTo(2);
        assertThat(first.sessions()).hasSize(2);
    }

    @Test
    void shouldNotCountOthersSharesToTheWhole() {
        Told told = new Told(
                new Origin(1, 1, false), new StatsMessage.Event(1, NOW, shares(7, 1, 5, 50)), new byte[0], NOW);
        assertThat(fold.fold(List.of(told), Map.of(1, 0L), true).whole().minutes())
                .isEmpty();
    }

    @Test
    void shouldKeepAsideWhatCannotBeMeant() {
        Changes changes = fold(
                0,
                shares(7, 1, Long.MAX_VALUE, 1),
                new StatsEvent.ShareAccepted(7, 1, 1, BigInteger.TWO.pow(255)),
                new StatsEvent.Balance("m", "hash", BigInteger.TWO.pow(64)),
                new StatsEvent.BlockFound("no hash", null, null, null));
        assertThat(changes.events()).hasSize(4).noneMatch(RawEvent::known);
        assertThat(changes.whole().total().accepted()).isZero();
        assertThat(value(changes.aside(), new Changes.Aside(1, "share_accepted"))
                        .count())
                .isEqualTo(2);
    }

    @Test
    void shouldBoundHowManyReasonsASenderHas() {
        StatsEvent[] events = IntStream.range(0, 500)
                .mapToObj(number -> new StatsEvent.ShareRejected(7, 1, "reason-" + number, 1))
                .toArray(StatsEvent[]::new);
        Changes changes = fold(0, events);
        assertThat(changes.rejections()).hasSizeLessThanOrEqualTo(65);
        assertThat(changes.rejections().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(500);
    }

    @Test
    void shouldCountUnderTheTimeOfReceiptWhereAClockIsWrong() {
        ClockRule rule = new ClockRule(Duration.ofDays(6));
        assertThat(rule.countedAt(NOW - 3_600_000, NOW)).isEqualTo(NOW - 3_600_000);
        assertThat(rule.countedAt(NOW + 1, NOW)).isEqualTo(NOW);
        assertThat(rule.countedAt(0, NOW)).isEqualTo(NOW);
        assertThat(rule.countedAt(Long.MAX_VALUE, NOW)).isEqualTo(NOW);
    }

    @Test
    void shouldLetABlockStayWhatItBecame() {
        String hash = "00".repeat(32);
        Changes changes = fold(
                0, new StatsEvent.BlockConfirmed(hash, 5L, 100), new StatsEvent.BlockFound(hash, null, null, "alice"));
        assertThat(only(changes.blocks()).state()).isEqualTo("confirmed");
        assertThat(only(changes.blocks()).user()).isEqualTo("alice");
    }

    private Changes fold(long last, StatsEvent... events) {
        return fold.fold(told(last + 1, events), Map.of(1, last), true);
    }

    private static List<Told> told(long first, StatsEvent... events) {
        List<Told> told = new ArrayList<>();
        Arrays.stream(events).forEach(event -> {
            StatsMessage.Event message = new StatsMessage.Event(first + told.size(), NOW, event);
            told.add(new Told(ORIGIN, message, MessageJson.write(message), NOW));
        });
        return told;
    }

    private static StatsEvent connected(long number) {
        return new StatsEvent.DownstreamConnected(number, "miner", "192.0.2.1:" + (4000 + number), "acme", null, 0);
    }

    private static StatsEvent gone(long number) {
        return new StatsEvent.DownstreamDisconnected(number, "closed");
    }

    private static StatsEvent opened(long number, long channel, String user) {
        return new StatsEvent.ChannelOpened(number, channel, "extended", user, 1e12);
    }

    private static StatsEvent shares(long number, long channel, long count, long work) {
        return new StatsEvent.ShareAccepted(number, channel, count, BigInteger.valueOf(work));
    }

    private static <K, V> V value(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    private static <T> T only(Iterable<T> all) {
        assertThat(all).hasSize(1);
        return all.iterator().next();
    }
}
