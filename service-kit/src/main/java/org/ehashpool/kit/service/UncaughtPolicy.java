package org.ehashpool.kit.service;

import java.util.function.Consumer;

/**
 * What becomes of an exception that nobody caught. It is logged; the service goes on, for one task or connection is gone
 * and not more, unless the JVM itself says that it cannot be relied on.
 */
final class UncaughtPolicy implements Thread.UncaughtExceptionHandler {
    private final Consumer<Throwable> shutDown;

    UncaughtPolicy(Consumer<Throwable> shutDown) {
        this.shutDown = shutDown;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        ServiceEvents.uncaught(thread.getName(), thrown);
        // A stack overflow has unwound its stack and left everything else in order.
        boolean unreliable = (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError))
                || thrown instanceof LinkageError;
        if (unreliable) {
            shutDown.accept(thrown);
        }
    }
}
