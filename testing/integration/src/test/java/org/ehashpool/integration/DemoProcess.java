package org.ehashpool.integration;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands of the distribution, as processes with a home of their own. */
final class DemoProcess {
    private static final Path DISTRIBUTION = Path.of(System.getProperty("distribution"));

    private DemoProcess() {}

    /** Starts {@code ./ehash} with these arguments; what it says on standard error is in {@code home/stderr}. */
    static Process start(Path home, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                commands().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(home.resolve("stderr").toFile());
        builder.environment().put("EHASH_HOME", home.toString());
        builder.environment().put("EHASH_DIST", DISTRIBUTION.toString());
        return builder.start();
    }

    private static Path commands() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(DISTRIBUTION.resolve("lib"), "cli-[0-9]*.jar")) {
            return found.iterator().next();
        }
    }
}
