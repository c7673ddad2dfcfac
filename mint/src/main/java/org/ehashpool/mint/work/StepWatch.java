package org.ehashpool.mint.work;

import java.util.List;

/** Is told of each step of each operation; a test stops the process there. */
@FunctionalInterface
public interface StepWatch {

    /** For everybody but a test. */
    StepWatch NONE = (operations, step) -> {};

    /**
     * A step is reached.
     *
     * @param operations what is done: {@code swap}, {@code mint}, {@code melt}; several when they share a transaction
     */
    void reached(List<String> operations, Step step);

    /** One operation has reached a step. */
    default void reached(String operation, Step step) {
        reached(List.of(operation), step);
    }
}
