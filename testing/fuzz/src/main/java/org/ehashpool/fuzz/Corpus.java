package org.ehashpool.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Inputs on disk, a file each, named as libFuzzer names them: by their SHA-1. */
final class Corpus {
    private Corpus() {}

    /** Where the repository keeps a target's inputs. */
    static Path kept(Path root, FuzzTarget target) {
        return root.resolve(target.title() + "Inputs");
    }

    /** The inputs in a directory, in the order of their names; none if it does not exist. */
    static List<Path> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Writes what a search begins with: the target's seeds and, for all targets at once, what is kept of each. */
    static void prepare(FuzzTarget target, Path kept, Path corpus) throws IOException {
        Files.createDirectories(corpus);
        Seeds.of(target).forEach(seed -> write(corpus, seed));
        if (target == FuzzTarget.EVERYTHING) {
            for (FuzzTarget each : EverythingProperty.targets()) {
                for (Path file : files(kept(kept, each))) {
                    write(corpus, EverythingProperty.input(each, Files.readAllBytes(file)));
                }
            }
        }
    }

    private static void write(Path directory, byte[] input) {
        try {
            String name =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(input));
            Files.write(directory.resolve(name), input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
