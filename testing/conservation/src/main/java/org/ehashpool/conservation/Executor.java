package org.ehashpool.conservation;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ehashpool.conservation.schedule.Act;
import org.ehashpool.conservation.schedule.Link;
import org.ehashpool.conservation.schedule.Schedule;
import org.ehashpool.conservation.schedule.Treatment;
import org.ehashpool.conservation.schedule.Victim;
import org.ehashpool.conservation.site.Site;

/** Does what the schedule says. What a later act does to the same thing stays when an earlier one ends. */
public final class Executor {
    private static final long GLANCE_NANOS = 10_000_000L;

    private final Site site;
    private final Supplier<Duration> clock;
    private final Consumer<String> say;
    private final Map<Link, Act> troubled = new EnumMap<>(Link.class);
    private final Map<Victim, Act> killed = new EnumMap<>(Victim.class);
    private final Map<Victim, Act> frozen = new EnumMap<>(Victim.class);

    private record Moment(Duration at, boolean begins, Act act) {}

    /** @param clock the time since the beginning of the run */
    public Executor(Site site, Supplier<Duration> clock, Consumer<String> say) {
        this.site = site;
        this.clock = clock;
        this.say = say;
    }

    /** Goes through the schedule, to its end. */
    public void run(Schedule schedule) throws IOException, InterruptedException {
        List<Moment> moments = new ArrayList<>();
        for (Act.Planned planned : schedule.acts()) {
            moments.add(new Moment(planned.at(), true, planned.act()));
            moments.add(new Moment(planned.at().plus(planned.act().time()), false, planned.act()));
        }
        moments.sort(Comparator.comparing(Moment::at));
        for (Moment moment : moments) {
            if (moment.at().compareTo(schedule.length()) < 0) {
                await(moment.at());
                if (moment.begins()) {
                    begin(moment.act());
                } else {
                    end(moment.act());
                }
            }
        }
        await(schedule.length());
    }

    private void await(Duration at) {
        while (clock.get().compareTo(at) < 0) {
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    private void begin(Act act) throws IOException, InterruptedException {
        say.accept(act.text());
        switch (act) {
            case Act.Kill kill -> {
                kill.victims().forEach(victim -> killed.put(victim, kill));
                site.kill(kill.victims());
            }
            case Act.Freeze freeze -> {
                freeze.victims().forEach(victim -> frozen.put(victim, freeze));
                site.freeze(freeze.victims());
            }
            case Act.Trouble trouble ->
                trouble.links().forEach(link -> {
                    troubled.put(link, trouble);
                    site.treat(link, trouble.treatment());
                });
        }
    }

    private void end(Act act) throws IOException, InterruptedException {
        switch (act) {
            case Act.Kill kill -> {
                for (Victim victim : kill.victims()) {
                    if (killed.remove(victim, kill)) {
                        site.revive(Set.of(victim));
                    }
                }
            }
            case Act.Freeze freeze -> {
                for (Victim victim : freeze.victims()) {
                    if (frozen.remove(victim, freeze)) {
                        site.thaw(Set.of(victim));
                    }
                }
            }
            case Act.Trouble trouble -> {
                for (Link link : trouble.links()) {
                    if (troubled.remove(link, trouble)) {
                        site.treat(link, new Treatment.Pass());
                    }
                }
            }
        }
    }

    /** Leaves everything alone from now on: links pass, programs run. */
    public void peace() throws IOException, InterruptedException {
        for (Link link : Link.values()) {
            site.treat(link, new Treatment.Pass());
        }
        site.thaw(EnumSet.allOf(Victim.class));
        site.revive(EnumSet.allOf(Victim.class));
    }
}
