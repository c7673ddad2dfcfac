package org.ehashpool.cli.interop;

import java.io.IOException;

/**
 * One thing to prove between a foreign peer and an end of ours.
 *
 * @param peer the peer's name, as in {@code --peer}
 * @param name what is proved; unique for the peer
 * @param play does it
 */
record Scenario(String peer, String name, Play play) {
    /** How reports and {@code --scenario} call it. */
    String title() {
        return peer + "/" + name;
    }

    /** Returns where everything happened as demanded. */
    interface Play {
        void run(Stage stage) throws ScenarioFailure, IOException, InterruptedException;
    }
}
