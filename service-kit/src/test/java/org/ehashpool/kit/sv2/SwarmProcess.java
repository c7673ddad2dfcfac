package org.ehashpool.kit.sv2;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A {@link HostileSwarm} as a child process. */
final class SwarmProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;

    SwarmProcess(int port, int count, String behaviour) throws IOException {
        requireOpenFiles(count + 1_000);
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx768m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileSwarm.class.getName(),
                        String.valueOf(port),
                        String.valueOf(count),
                        behaviour)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = process.inputReader(StandardCharsets.US_ASCII);
        input = process.outputWriter(StandardCharsets.US_ASCII);
    }

    private static void requireOpenFiles(int needed) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < needed) {
            throw new AssertionError("this test opens " + needed + " files per process, the limit is "
                    + system.getMaxFileDescriptorCount() + ": raise the hard limit (ulimit -Hn " + needed
                    + ", or LimitNOFILE / limits.conf)");
        }
    }

    /** Waits for the word. */
    void expect(String word) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(word)) {
                return;
            }
        }
        throw new AssertionError("the swarm ended before it was " + word);
    }

    /** Lets the peers begin. */
    void go() throws IOException {
        input.write("go\n");
        input.flush();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
