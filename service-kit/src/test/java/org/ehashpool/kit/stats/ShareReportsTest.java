package org.ehashpool.kit.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.stats.event.StatsEvent;
import org.junit.jupiter.api.Test;

final class ShareReportsTest {
    private static final BigInteger EASY = BigInteger.valueOf(3);
    private static final BigInteger HARD = BigInteger.TWO.pow(200);

    private final List<StatsEvent> told = new ArrayList<>();
    private final ShareReports reports = new ShareReports(told::add);

    @Test
    void shouldTellTheSumOfAChannelOnceInFiveSeconds() {
        ChannelShares channel = reports.channel(7, 2);

        for (int share = 0; share < 1_000; share++) {
            channel.accepted(EASY, 100 + share);
        }
        channel.accepted(HARD, 1_500);
        channel.accepted(EASY, 2_000);
        reports.tick(5_099, 100);
        assertThat(told).isEmpty();
        reports.tick(5_100, 100);

        assertThat(told)
                .containsExactly(new StatsEvent.ShareAccepted(7, 2, 1_002, HARD.add(BigInteger.valueOf(3 * 1_001))));
    }

    @Test
    void shouldBeginAgainWithTheNextShareWhenItHasTold() {
        ChannelShares channel = reports.channel(7, 2);
        channel.accepted(EASY, 0);
        reports.tick(5_000, 100);
        told.clear();

        channel.accepted(EASY, 6_000);
        reports.tick(10_999, 100);
        assertThat(told).isEmpty();
        reports.tick(11_000, 100);
        reports.tick(60_000, 100);

        assertThat(told).containsExactly(new StatsEvent.ShareAccepted(7, 2, 1, EASY));
    }

    @Test
    void shouldTellOfEachReasonWithItsCount() {
        ChannelShares channel = reports.channel(7, 2);
        channel.rejected("stale-share", 2, 0);
        channel.rejected("duplicate-share", 1, 1);
        channel.rejected("stale-share", 3, 2);

        reports.tick(5_000, 100);

        assertThat(told)
                .containsExactly(
                        new StatsEvent.ShareRejected(7, 2, "duplicate-share", 1),
                        new StatsEvent.ShareRejected(7, 2, "stale-share", 5));
    }

    @Test
    void shouldTellAtOnceWhenAChannelEndsAndOnlyOnce() {
        ChannelShares channel = reports.channel(7, 2);
        channel.accepted(EASY, 0);

        channel.tell();
        channel.tell();
        reports.tick(5_000, 100);
        reports.tellAll();

        assertThat(told).containsExactly(new StatsEvent.ShareAccepted(7, 2, 1, EASY));
    }

    @Test
    void shouldTellOfFewChannelsAtATime() {
        for (int id = 0; id < 1_000; id++) {
            reports.channel(id, 1).accepted(EASY, 0);
        }

        reports.tick(5_000, 100);
        int first = told.size();
        for (int tick = 0; tick < 10; tick++) {
            reports.tick(5_050, 100);
        }

        assertThat(first).isEqualTo(100);
        assertThat(told).hasSize(1_000).doesNotHaveDuplicates();
    }

    @Test
    void shouldTellWhenTheClockWasSetBack() {
        reports.channel(7, 2).accepted(EASY, 1_000_000);

        reports.tick(10, 100);

        assertThat(told).hasSize(1);
    }

    @Test
    void shouldTellAllAtTheEnd() {
        reports.channel(7, 2).accepted(EASY, 0);
        reports.channel(8, 2).rejected("stale-share", 1, 0);

        reports.tellAll();

        assertThat(told)
                .containsExactly(
                        new StatsEvent.ShareAccepted(7, 2, 1, EASY),
                        new StatsEvent.ShareRejected(8, 2, "stale-share", 1));
    }
}
