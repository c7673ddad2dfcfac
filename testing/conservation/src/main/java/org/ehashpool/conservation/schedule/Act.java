package org.ehashpool.conservation.schedule;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** Something that is done to the suite. */
public sealed interface Act {
    /** For how long. */
    Duration time();

    /**
     * Kills processes, with signal 9, at once; starts them again afterwards.
     *
     * @param time how long they stay away
     */
    record Kill(Set<Victim> victims, Duration time) implements Act {
        public Kill {
            victims = Set.copyOf(victims);
        }

        @Override
        public String text() {
            return "kill -9 "
                    + victims.stream().sorted().map(Victim::text).collect(Collectors.joining(" and "))
                    + ", away for " + time.toMillis() + " ms";
        }
    }

    /**
     * Stops processes, as SIGSTOP does: they live, their connections are open, and they do nothing; lets them go on
     * afterwards.
     */
    record Freeze(Set<Victim> victims, Duration time) implements Act {
        public Freeze {
            victims = Set.copyOf(victims);
        }

        @Override
        public String text() {
            return "kill -STOP "
                    + victims.stream().sorted().map(Victim::text).collect(Collectors.joining(" and ")) + " for "
                    + time.toMillis() + " ms";
        }
    }

    /** Treats links otherwise for a while. */
    record Trouble(Set<Link> links, Treatment treatment, Duration time) implements Act {
        public Trouble {
            links = Set.copyOf(links);
        }

        @Override
        public String text() {
            return links.stream().sorted().map(Link::text).collect(Collectors.joining(" and ")) + ": "
                    + treatment.text() + " for " + time.toMillis() + " ms";
        }
    }

    /** As the schedule is printed. */
    String text();

    /**
     * When it begins.
     *
     * @param at since the beginning of the run
     */
    record Planned(Duration at, Act act) {}
}
