package org.ehashpool.cli.interop;

import java.io.IOException;
import java.util.List;
import org.ehashpool.cli.interop.peer.ScenarioFailure;
import org.ehashpool.cli.interop.site.Site;

/**
 * One thing to prove with foreign software.
 *
 * @param title how reports and {@code --scenario} call it: what is foreign in it, and what is proved
 * @param peers the foreign programs that it needs, as in {@code --peer}
 * @param play does it
 */
record Scenario(String title, List<String> peers, Play play) {
    Scenario {
        peers = List.copyOf(peers);
    }

    /** Between one peer that keeps the contract and an end of ours. */
    Scenario(String peer, String name, EndPlay play) {
        this(peer + "/" + name, List.of(peer), play);
    }

    /** What a scenario does; it returns where everything happened as demanded. */
    sealed interface Play {}

    /** Played once with each end of ours. */
    @FunctionalInterface
    non-sealed interface EndPlay extends Play {
        void run(Stage stage) throws ScenarioFailure, IOException, InterruptedException;
    }

    /** Played once, with whole programs of ours. */
    @FunctionalInterface
    non-sealed interface SitePlay extends Play {
        void run(Site site) throws ScenarioFailure, IOException, InterruptedException;
    }
}
