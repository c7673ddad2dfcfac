package org.ehashpool.mint.work;

/** Is told of each step of each operation; a test stops the process there. */
@FunctionalInterface
public interface StepWatch {

    /** For everybody but a test. */
    StepWatch NONE = (operation, step) -> {};

    /**
     * A step is reached.
     *
     * @param operation what is done: {@code swap}, {@code mint}
     */
    void reached(String operation, Step step);
}
