package org.ehashpool.conservation.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.ehashpool.conservation.schedule.Act;
import org.ehashpool.conservation.schedule.Victim;
import org.junit.jupiter.api.Test;

final class StatisticsScheduleTest {
    private static final Duration LENGTH = Duration.ofMinutes(5);

    @Test
    void shouldBeTheSameWhenDrawnAgain() {
        assertThat(StatisticsSchedule.draw(3, LENGTH)).isEqualTo(StatisticsSchedule.draw(3, LENGTH));
        assertThat(StatisticsSchedule.draw(3, LENGTH)).isNotEqualTo(StatisticsSchedule.draw(4, LENGTH));
    }

    @Test
    void shouldKillAndStopEachAndKillAllTogether() {
        assertThat(StatisticsSchedule.draw(3, LENGTH).acts())
                .filteredOn(planned -> planned.at().compareTo(StatisticsPhase.VIOLENCE.begins(LENGTH)) >= 0)
                .extracting(planned -> planned.act().getClass().getSimpleName()
                        + victims(planned.act()).size())
                .contains("Kill1", "Freeze1", "Kill3");
    }

    @Test
    void shouldLeaveTheQuietPhaseAlone() {
        assertThat(StatisticsSchedule.draw(3, LENGTH).acts())
                .isNotEmpty()
                .allMatch(planned -> planned.at().compareTo(StatisticsPhase.QUIET.ends(LENGTH)) >= 0);
    }

    @Test
    void shouldTellAStoppedServiceFromAFullSpool() {
        Duration moment = StatisticsPhase.STOPPED.begins(LENGTH).plusSeconds(1);

        assertThat(StatisticsPhase.at(moment, LENGTH, false)).isEqualTo(StatisticsPhase.STOPPED);
        assertThat(StatisticsPhase.at(moment, LENGTH, true)).isEqualTo(StatisticsPhase.SPOOL_FULL);
        assertThat(StatisticsPhase.at(Duration.ofHours(1), LENGTH, true)).isEqualTo(StatisticsPhase.VIOLENCE);
    }

    private static Set<Victim> victims(Act act) {
        return switch (act) {
            case Act.Kill kill -> kill.victims();
            case Act.Freeze freeze -> freeze.victims();
            case Act.Trouble _ -> Set.of();
        };
    }
}
