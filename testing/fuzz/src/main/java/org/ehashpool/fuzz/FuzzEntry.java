package org.ehashpool.fuzz;

import org.jspecify.annotations.Nullable;

/** Where Jazzer comes in: it finds these methods by their names. */
public final class FuzzEntry {
    private static @Nullable FuzzTarget target;

    private FuzzEntry() {}

    /** Called once, with the target's name. */
    public static void fuzzerInitialize(String[] arguments) {
        target = FuzzTarget.of(arguments[0]).orElseThrow();
    }

    /** Called for every input. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (target == null) {
            throw new IllegalStateException("no target");
        }
        target.check(input);
    }

    /** Called at the end. */
    public static void fuzzerTearDown() {
        if (target != null) {
            System.err.print(target.summary());
        }
    }
}
