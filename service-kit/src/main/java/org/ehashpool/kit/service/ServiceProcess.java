package org.ehashpool.kit.service;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * The process around a service, so that tests can be another one.
 *
 * @param out for what was asked for on the command line
 * @param err for what is wrong with it or with the configuration
 * @param log for the log
 * @param terminal whether a person looks at the log
 * @param uncaught takes the handler of exceptions that nobody caught
 * @param halt ends the process at once
 */
record ServiceProcess(
        Map<String, String> environment,
        PrintStream out,
        PrintStream err,
        OutputStream log,
        boolean terminal,
        Signals signals,
        Consumer<Thread.UncaughtExceptionHandler> uncaught,
        IntConsumer halt,
        InstantSource clock,
        LongSupplier nanoTime,
        SecureRandom random) {

    static ServiceProcess current() {
        return new ServiceProcess(
                System.getenv(),
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                new FileOutputStream(FileDescriptor.out),
                isTerminal(),
                Signals.ofProcess(),
                Thread::setDefaultUncaughtExceptionHandler,
                Runtime.getRuntime()::halt,
                InstantSource.system(),
                System::nanoTime,
                new SecureRandom());
    }

    /** A part of this process that leaves the rest of it alone: no signals, no output, no end of the process. */
    static ServiceProcess within(Map<String, String> environment) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new ServiceProcess(
                environment,
                nowhere,
                nowhere,
                nowhere,
                false,
                (name, handler) -> {},
                handler -> {},
                status -> {},
                InstantSource.system(),
                System::nanoTime,
                new SecureRandom());
    }

    /** How long the JVM has been there. */
    Duration age() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }

    /** The host's name, without asking a name server. */
    String hostName() {
        String name = environment.getOrDefault("HOSTNAME", "");
        if (name.isBlank()) {
            try {
                name = Files.readString(Path.of("/proc/sys/kernel/hostname"));
            } catch (IOException e) {
                name = "localhost";
            }
        }
        return name.strip();
    }

    /** Standard output alone counts: {@link System#console()} would ask for standard input as well. */
    private static boolean isTerminal() {
        try {
            String target = Path.of("/proc/self/fd/1").toRealPath().toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return Optional.ofNullable(System.console())
                    .map(Console::isTerminal)
                    .orElse(false);
        }
    }
}
