package org.ehashpool.fuzz;

import java.util.function.Supplier;

/** What must hold for every input. */
@FunctionalInterface
interface Property {
    /**
     * Checks one input.
     *
     * @throws AssertionError if the property does not hold; anything else that is thrown is a finding as well
     */
    void check(byte[] input) throws Exception;

    /** Fails the property unless {@code condition} holds. */
    static void require(boolean condition, Supplier<String> otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise.get());
        }
    }
}
