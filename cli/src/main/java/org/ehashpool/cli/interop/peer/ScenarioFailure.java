package org.ehashpool.cli.interop.peer;

/** What happened is not what a scenario demands. */
public final class ScenarioFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** With what happened instead, in words. */
    public ScenarioFailure(String message) {
        super(message);
    }
}
