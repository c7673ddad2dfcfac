package org.ehashpool.cli.launch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ehashpool.kit.service.DataDirectory;

/** What the launcher script tells its commands by the environment: where the programs are, and where data live. */
public final class Launch {
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

    private Launch() {}

    /** Where embedded data live: {@code EHASH_HOME}, or {@code ~/.local/share/ehash}. */
    public static Path home() {
        return DataDirectory.base().toAbsolutePath();
    }

    /**
     * The command that runs a service on this process's own JVM, with the options in {@code EHASH_JVM_OPTIONS}.
     *
     * @throws IllegalStateException when this command was not started by the launcher, or the service is not built
     */
    public static List<String> service(String name) throws IOException {
        return command(JVM_OPTIONS, name);
    }

    /** The same for a service with little to do: ready in half the time, and slower than it could be ever after. */
    public static List<String> idleService(String name) throws IOException {
        List<String> options = new ArrayList<>(JVM_OPTIONS);
        options.add(QUICK_COMPILER);
        return command(options, name);
    }

    private static List<String> command(List<String> options, String name) throws IOException {
        String distribution = System.getenv().getOrDefault("EHASH_DIST", "");
        if (distribution.isBlank()) {
            throw new IllegalStateException("EHASH_DIST is not set: start this by ./ehash");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(words(System.getenv().getOrDefault("EHASH_JVM_OPTIONS", "")));
        command.add("-jar");
        command.add(jar(Path.of(distribution, "lib"), name).toString());
        return List.copyOf(command);
    }

    private static List<String> words(String options) {
        return Stream.of(options.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    private static Path jar(Path libraries, String name) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(libraries, name + "-[0-9]*.jar")) {
            for (Path jar : found) {
                return jar;
            }
        }
        throw new IllegalStateException("no service " + name + " in " + libraries);
    }
}
