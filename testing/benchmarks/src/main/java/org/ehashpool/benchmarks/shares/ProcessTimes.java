package org.ehashpool.benchmarks.shares;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Processor time of other processes, user and system, as Linux tells it. */
public final class ProcessTimes {
    /** Of {@code /proc}, whatever the kernel was built with. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int ENDED_CHILDREN_USER = 13;
    private static final int ENDED_CHILDREN_SYSTEM = 14;

    private ProcessTimes() {}

    /** Seconds that a process has taken, all its threads. */
    public static double seconds(long process) throws IOException {
        List<String> fields = fields(Files.readString(file(process)));
        return ticks(fields, USER, SYSTEM) / TICKS_PER_SECOND;
    }

    /** Seconds that a process and all its children have taken, those that have ended as well. */
    public static double secondsWithChildren(long process) throws IOException {
        double ticks = ticks(
                fields(Files.readString(file(process))), USER, SYSTEM, ENDED_CHILDREN_USER, ENDED_CHILDREN_SYSTEM);
        try (Stream<ProcessHandle> children = ProcessHandle.of(process).stream().flatMap(ProcessHandle::children)) {
            for (ProcessHandle child : children.toList()) {
                ticks += ofChild(child.pid());
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static double ofChild(long process) throws IOException {
        try {
            return ticks(fields(Files.readString(file(process))), USER, SYSTEM);
        } catch (NoSuchFileException ended) {
            // Its parent has its time from the next look on.
            return 0;
        }
    }

    private static Path file(long process) {
        return Path.of("/proc", Long.toString(process), "stat");
    }

    /** What follows the name, which may have anything in it. */
    static List<String> fields(String stat) {
        return List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" "));
    }

    private static double ticks(List<String> fields, int... places) {
        double sum = 0;
        for (int place : places) {
            sum += Long.parseLong(fields.get(place));
        }
        return sum;
    }
}
