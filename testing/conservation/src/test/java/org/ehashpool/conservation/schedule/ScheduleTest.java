package org.ehashpool.conservation.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
    private static final Duration LENGTH = Duration.ofMinutes(5);

    @Test
    void shouldBeTheSameWhenDrawnAgain() {
        assertThat(Schedule.draw(3, LENGTH)).isEqualTo(Schedule.draw(3, LENGTH));
        assertThat(Schedule.draw(3, LENGTH)).isNotEqualTo(Schedule.draw(4, LENGTH));
    }

    @Test
    void shouldLeaveTheQuietPhaseAlone() {
        assertThat(Schedule.draw(3, LENGTH).acts())
                .isNotEmpty()
                .allMatch(planned -> planned.at().compareTo(Phase.QUIET.ends(LENGTH)) >= 0);
    }

    @Test
    void shouldBeInTheOrderOfItsTimes() {
        assertThat(Schedule.draw(3, LENGTH).acts()).extracting(Act.Planned::at).isSorted();
    }

    @Test
    void shouldKillEverybodyAndTwoAtOnceWhenSeveralAreDrawn() {
        Set<Victim> victims = EnumSet.noneOf(Victim.class);
        Set<Integer> together = LongStream.range(0, 3)
                .mapToObj(seed -> Schedule.draw(seed, LENGTH))
                .flatMap(schedule -> schedule.acts().stream())
                .map(Act.Planned::act)
                .filter(Act.Kill.class::isInstance)
                .map(Act.Kill.class::cast)
                .peek(kill -> victims.addAll(kill.victims()))
                .map(kill -> kill.victims().size())
                .collect(Collectors.toSet());

        assertThat(victims).containsExactlyInAnyOrderElementsOf(Victim.ofMoney());
        assertThat(together).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void shouldLoadTenfoldForATenthOfTheTime() {
        Duration burst = Duration.ZERO;
        for (Phase phase : Phase.values()) {
            if (phase.load() == 10) {
                burst = burst.plus(phase.ends(LENGTH).minus(phase.begins(LENGTH)));
            }
        }

        assertThat(burst).isEqualTo(LENGTH.dividedBy(10));
    }

    @Test
    void shouldFindThePhaseOfAMoment() {
        assertThat(Phase.at(Duration.ZERO, LENGTH)).isEqualTo(Phase.WARMING_UP);
        assertThat(Phase.at(Phase.NONSENSE.begins(LENGTH), LENGTH)).isEqualTo(Phase.NONSENSE);
        assertThat(Phase.at(LENGTH.plusDays(1), LENGTH)).isEqualTo(Phase.VIOLENCE_TO_THE_END);
    }
}
