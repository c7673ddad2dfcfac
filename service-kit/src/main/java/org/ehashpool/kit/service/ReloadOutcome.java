package org.ehashpool.kit.service;

import java.util.List;
import org.ehashpool.kit.config.ConfigProblem;

/** What came of reading the configuration again. */
sealed interface ReloadOutcome {

    /**
     * The new values are in force.
     *
     * @param applied keys that changed
     * @param needRestart keys that differ but cannot change while the service runs
     */
    record Applied(List<String> applied, List<String> needRestart) implements ReloadOutcome {}

    /** The new configuration is wrong; the old one stays. */
    record Refused(List<ConfigProblem> problems) implements ReloadOutcome {}

    /** The service could not take the new values. */
    record Failed(Throwable cause) implements ReloadOutcome {}
}
