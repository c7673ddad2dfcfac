package org.ehashpool.kit.postgres.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Processes of tests: owners that are killed, and servers that a failed test left behind. */
final class ServerProcess {

    private ServerProcess() {}

    /** How an owner process ended. */
    record Outcome(int exitStatus, String output) {}

    private static Process start(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Xmx128m",
                        OwnerProcess.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** Runs an owner that is expected to be refused. */
    static Outcome startOwner(Path directory) throws Exception {
        Process owner = start(directory);
        // The end of its input is its sign to stop.
        owner.getOutputStream().close();
        String output = new String(owner.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(owner.waitFor(), output);
    }

    /** Answers the process id of an owner that has started a server, made a table, and was killed without a chance. */
    static long startOwnerAndKillIt(Path directory) throws Exception {
        Process owner = start(directory);
        StringBuilder seen = new StringBuilder();
        try (BufferedReader output = owner.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); !"started".equals(line); line = output.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("the owner did not start: " + seen);
                }
                seen.append(line).append('\n');
            }
            owner.destroyForcibly().waitFor();
        }
        return owner.pid();
    }

    /** SIGKILL for the postmaster first and everything that works in its data directory next: nobody can say goodbye. */
    static void killAll(Path data) throws Exception {
        ProcessHandle postmaster =
                ProcessHandle.of(PostmasterFile.read(data).orElseThrow().pid()).orElseThrow();
        List<ProcessHandle> children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle child : children) {
            child.onExit().get(20, TimeUnit.SECONDS);
        }
        postmaster.onExit().get(20, TimeUnit.SECONDS);
    }

    static void stopAllBelow(Path root) throws Exception {
        List<Path> clusters;
        try (Stream<Path> walk = Files.walk(root, 2)) {
            clusters = walk.filter(path -> Files.isRegularFile(path.resolve("postmaster.pid")))
                    .toList();
        }
        for (Path data : clusters) {
            for (long pid : PostmasterFile.processesIn(data)) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
            }
            for (long pid : PostmasterFile.processesIn(data)) {
                var process = ProcessHandle.of(pid);
                if (process.isPresent()) {
                    process.get().onExit().get(20, TimeUnit.SECONDS);
                }
            }
        }
    }
}
