package org.ehashpool.cli.interop;

import java.time.Duration;
import java.util.List;

/**
 * What came of one scenario.
 *
 * @param scenario its title
 * @param ourEnd the name of our end; empty where it was not run
 * @param result how it ended
 */
record Verdict(String scenario, String ourEnd, Result result) {
    /** How a scenario ended. */
    sealed interface Result {
        /**
         * Everything happened as demanded.
         *
         * @param notes figures of it
         */
        record Passed(Duration took, List<String> notes) implements Result {
            public Passed {
                notes = List.copyOf(notes);
            }
        }

        /**
         * Something else happened.
         *
         * @param peerOutput the last lines the peer printed
         */
        record Failed(Duration took, String reason, List<String> peerOutput) implements Result {
            public Failed {
                peerOutput = List.copyOf(peerOutput);
            }
        }

        /** The peer was not given. */
        record NotRun() implements Result {}
    }
}
