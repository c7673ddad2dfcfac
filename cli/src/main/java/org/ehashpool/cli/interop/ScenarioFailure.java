package org.ehashpool.cli.interop;

/** What happened is not what a scenario demands. */
final class ScenarioFailure extends Exception {
    ScenarioFailure(String message) {
        super(message);
    }
}
