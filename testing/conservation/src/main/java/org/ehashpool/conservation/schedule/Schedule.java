package org.ehashpool.conservation.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * All that is done, and when: the same for the same seed and length.
 *
 * @param acts in the order in which they begin
 */
public record Schedule(long seed, Duration length, List<Act.Planned> acts) {
    private static final int SHORTEST_AWAY_MILLIS = 200;
    private static final int LONGEST_AWAY_MILLIS = 5_000;
    private static final int LONGEST_TROUBLE_MILLIS = 8_000;
    private static final int LONGEST_DELAY_MILLIS = 2_500;
    /** In so many of a hundred cases the next thing follows a kill while what was killed is away or starts. */
    private static final int HARDLY = 30;

    private static final int SHORT_PAUSE_MILLIS = 4_000;
    /** A service needs some seconds to be back. */
    private static final int LONG_PAUSE_MILLIS = 10_000;

    private static final int LONGEST_PAUSE_MILLIS = 18_000;
    private static final int TROUBLE_PAUSE_MILLIS = 6_000;

    public Schedule {
        acts = List.copyOf(acts);
    }

    /** Draws one. */
    public static Schedule draw(long seed, Duration length) {
        Random random = new Random(seed);
        List<Act.Planned> acts = new ArrayList<>();
        troubleOfMints(acts, length, random);
        Duration end = Phase.VIOLENCE_TO_THE_END.ends(length);
        Duration at = Phase.VIOLENCE.begins(length);
        while (at.compareTo(end) < 0) {
            Act act = violence(random);
            acts.add(new Act.Planned(at, act));
            at = at.plus(pauseAfter(act, random));
        }
        acts.sort(Comparator.comparing(Act.Planned::at));
        return new Schedule(seed, length, acts);
    }

    /** Of a mint that is slow, away, or talks nonsense: nothing else is touched, so that its effect can be measured. */
    private static void troubleOfMints(List<Act.Planned> acts, Duration length, Random random) {
        Set<Link> links = EnumSet.of(Link.MINT_POOL, Link.OTHER_MINT_POOL, Link.WALLET_MINT);
        Duration slow = Phase.MINT_SLOW.begins(length);
        Duration half = Phase.MINT_SLOW.ends(length).minus(slow).dividedBy(2);
        acts.add(new Act.Planned(
                slow,
                new Act.Trouble(links, new Treatment.Delay(milliseconds(random, 500, LONGEST_DELAY_MILLIS)), half)));
        acts.add(new Act.Planned(slow.plus(half), new Act.Trouble(links, new Treatment.Stall(), half)));

        Duration away = Phase.MINT_AWAY.begins(length);
        acts.add(new Act.Planned(
                away,
                new Act.Kill(
                        Set.of(Victim.MINT), Phase.MINT_STILL_AWAY.ends(length).minus(away))));

        Duration nonsense = Phase.NONSENSE.begins(length);
        Duration third = Phase.NONSENSE.ends(length).minus(nonsense).dividedBy(3);
        Set<Link> pools = EnumSet.of(Link.MINT_POOL, Link.OTHER_MINT_POOL);
        acts.add(new Act.Planned(nonsense, new Act.Trouble(links, new Treatment.Garbage(), third)));
        acts.add(new Act.Planned(nonsense.plus(third), new Act.Trouble(pools, new Treatment.Impostor(), third)));
        acts.add(new Act.Planned(
                nonsense.plus(third.multipliedBy(2)), new Act.Trouble(links, new Treatment.Swallow(), third)));
    }

    private static Duration pauseAfter(Act act, Random random) {
        return switch (act) {
            case Act.Kill _
            when random.nextInt(100) < HARDLY -> milliseconds(random, SHORTEST_AWAY_MILLIS, SHORT_PAUSE_MILLIS);
            case Act.Kill _ -> milliseconds(random, LONG_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
            case Act.Freeze _, Act.Trouble _ -> milliseconds(random, SHORTEST_AWAY_MILLIS, TROUBLE_PAUSE_MILLIS);
        };
    }

    private static Act violence(Random random) {
        int dice = random.nextInt(100);
        if (dice < 35) {
            return new Act.Kill(Set.of(any(random, Victim.ofMoney())), away(random));
        }
        if (dice < 50) {
            Victim first = any(random, Victim.ofMoney());
            return new Act.Kill(
                    Set.of(
                            first,
                            any(
                                    random,
                                    Victim.ofMoney().stream()
                                            .filter(victim -> victim != first)
                                            .toList())),
                    away(random));
        }
        Link link = any(random, List.of(Link.values()));
        return new Act.Trouble(
                Set.of(link),
                treatment(random, link),
                milliseconds(random, SHORTEST_AWAY_MILLIS, LONGEST_TROUBLE_MILLIS));
    }

    private static Treatment treatment(Random random, Link link) {
        Treatment delay = new Treatment.Delay(milliseconds(random, 20, LONGEST_DELAY_MILLIS));
        List<Treatment> suitable = new ArrayList<>(List.of(
                new Treatment.Cut(),
                new Treatment.Cut(),
                new Treatment.Swallow(),
                new Treatment.Swallow(),
                new Treatment.Away(),
                new Treatment.Stall(),
                new Treatment.Garbage(),
                delay));
        if (link == Link.MINT_POOL || link == Link.OTHER_MINT_POOL) {
            suitable.add(new Treatment.Impostor());
        }
        return suitable.get(random.nextInt(suitable.size()));
    }

    private static Duration away(Random random) {
        return milliseconds(random, SHORTEST_AWAY_MILLIS, LONGEST_AWAY_MILLIS);
    }

    private static Duration milliseconds(Random random, int least, int most) {
        return Duration.ofMillis(random.nextInt(least, most));
    }

    private static <T> T any(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
