package org.ehashpool.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where the figures come from: they mean nothing without it. */
public final class Machine {
    private static final Path CPU_INFORMATION = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    private Machine() {}

    /** Processor, cores, JDK, and the load beside ours. */
    public static String describe() throws IOException {
        List<String> information = Files.isReadable(CPU_INFORMATION) ? Files.readAllLines(CPU_INFORMATION) : List.of();
        return String.format(
                Locale.ROOT,
                "%s, %d cores; %s %s, %s %s; load before the run %.1f",
                processor(information, System.getProperty("os.arch", "")),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.vendor"),
                Runtime.version(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** The model's name in Linux's list, or what else is known. */
    static String processor(List<String> information, String otherwise) {
        return information.stream()
                .filter(line -> line.startsWith(MODEL))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(otherwise);
    }
}
