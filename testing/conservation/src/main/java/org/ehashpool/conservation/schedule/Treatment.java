package org.ehashpool.conservation.schedule;

import java.time.Duration;
import java.util.Locale;

/** What a relay does to its connections. */
public sealed interface Treatment {
    /** Passes on what comes. */
    record Pass() implements Treatment {}

    /** Passes on what comes, later. */
    record Delay(Duration by) implements Treatment {}

    /** Ends every connection, without a word; takes new ones. */
    record Cut() implements Treatment {}

    /** Ends every connection, and each new one. */
    record Away() implements Treatment {}

    /** Takes connections, and says nothing. */
    record Stall() implements Treatment {}

    /** Passes requests on and loses the answers; in the end the connections too, so that clients ask again. */
    record Swallow() implements Treatment {}

    /** Says things of no meaning to both sides, then hangs up; so to who comes anew. */
    record Garbage() implements Treatment {}

    /** Hands everybody to another server, which speaks Noise with a key of its own. */
    record Impostor() implements Treatment {}

    /** As the schedule is printed. */
    default String text() {
        String name = getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return this instanceof Delay(Duration by) ? name + " by " + by.toMillis() + " ms" : name;
    }
}
