package org.ehashpool.conservation.statistics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.ehashpool.conservation.schedule.Act;
import org.ehashpool.conservation.schedule.Schedule;
import org.ehashpool.conservation.schedule.Victim;

/** What is done to the statistics, to their database and to the pool. */
public final class StatisticsSchedule {
    private static final int SHORTEST_MILLIS = 200;
    private static final int LONGEST_MILLIS = 3_000;
    private static final int SHORTEST_PAUSE_MILLIS = 3_000;
    private static final int LONGEST_PAUSE_MILLIS = 7_000;

    private StatisticsSchedule() {}

    /** Draws one: the same for the same seed and length. */
    public static Schedule draw(long seed, Duration length) {
        Random random = new Random(seed);
        List<Act.Planned> acts = new ArrayList<>();
        Set<Victim> statistics = Set.of(Victim.POOL_STATS);
        acts.add(new Act.Planned(
                StatisticsPhase.KILLED.begins(length),
                new Act.Kill(statistics, lasting(StatisticsPhase.KILLED, length))));
        acts.add(new Act.Planned(
                StatisticsPhase.STOPPED.begins(length),
                new Act.Freeze(statistics, lasting(StatisticsPhase.STOPPED, length))));
        List<Act> left = new ArrayList<>();
        Duration at = StatisticsPhase.VIOLENCE.begins(length);
        while (at.compareTo(length) < 0) {
            if (left.isEmpty()) {
                left = violence(random);
            }
            Act act = left.removeLast();
            acts.add(new Act.Planned(at, act));
            at = at.plus(act.time()).plus(milliseconds(random, SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
        }
        return new Schedule(seed, length, acts);
    }

    private static Duration lasting(StatisticsPhase phase, Duration length) {
        return phase.ends(length).minus(phase.begins(length));
    }

    /** Each of them killed and stopped once, and all killed together, in random order. */
    private static List<Act> violence(Random random) {
        List<Act> acts = new ArrayList<>();
        for (Victim victim : List.of(Victim.POOL_STATS, Victim.STATS_POSTGRES, Victim.POOL)) {
            acts.add(new Act.Kill(Set.of(victim), time(random)));
            acts.add(new Act.Freeze(Set.of(victim), time(random)));
        }
        acts.add(new Act.Kill(Set.of(Victim.POOL_STATS, Victim.STATS_POSTGRES, Victim.POOL), time(random)));
        Collections.shuffle(acts, random);
        return acts;
    }

    private static Duration time(Random random) {
        return milliseconds(random, SHORTEST_MILLIS, LONGEST_MILLIS);
    }

    private static Duration milliseconds(Random random, int least, int most) {
        return Duration.ofMillis(random.nextInt(least, most));
    }
}
