package org.ehashpool.kit.service;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where signals of the operating system come from. */
interface Signals {

    /**
     * Calls the handler with the name at every such signal, on a thread of its own.
     *
     * @param name without SIG: TERM, INT, HUP
     * @throws UnsupportedOperationException when the platform or its settings (-Xrs) keep the signal
     */
    void handle(String name, Consumer<String> handler);

    /**
     * The JVM's own signals. sun.misc.Signal is the one way to SIGHUP and to a second SIGTERM; the compiler warns of it
     * in a way that cannot be silenced, hence the reflection.
     */
    static Signals ofProcess() {
        return (name, handler) -> {
            try {
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
                Object proxy = Proxy.newProxyInstance(
                        Signals.class.getClassLoader(),
                        new Class<?>[] {handlerType},
                        (self, method, arguments) -> answer(self, method.getName(), arguments, name, handler));
                signal.getMethod("handle", signal, handlerType)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            } catch (InvocationTargetException e) {
                throw new UnsupportedOperationException("signal " + name, e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new UnsupportedOperationException("signals", e);
            }
        };
    }

    @SuppressWarnings("ReferenceEquality") // the identity of the proxy is what equals asks for
    private static @Nullable Object answer(
            Object self,
            String method,
            @Nullable Object @Nullable [] arguments,
            String name,
            Consumer<String> handler) {
        return switch (method) {
            case "handle" -> {
                handler.accept(name);
                yield null;
            }
            case "equals" -> arguments != null && arguments[0] == self;
            case "hashCode" -> System.identityHashCode(self);
            default -> "signal handler of " + name;
        };
    }
}
