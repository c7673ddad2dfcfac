package org.ehashpool.kit.stats;

import org.ehashpool.stats.event.StatsEvent;

/** Where a service tells what happens to it. */
@FunctionalInterface
public interface StatsSink {
    /** For services that have nobody to tell. */
    StatsSink NONE = event -> {};

    /** Takes an event, from any thread, at once; without room for it, it is counted and declared as a gap. */
    void publish(StatsEvent event);
}
