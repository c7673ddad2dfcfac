package org.ehashpool.kit.postgres.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The paths inside the directory that an embedded PostgreSQL owns, and what can be told from its files alone. */
record ServerDirectory(Path root) {

    private static final Set<PosixFilePermission> OWNER_AND_PASSING = PosixFilePermissions.fromString("rwx--x--x");

    Path data() {
        return root.resolve("data");
    }

    /** Where a data directory is made or restored before it becomes {@link #data()} by a rename. */
    Path unfinishedData() {
        return root.resolve("data.unfinished");
    }

    Path binaries() {
        return root.resolve("binaries");
    }

    Path secrets() {
        return root.resolve("secrets");
    }

    Path lockFile() {
        return root.resolve("owner.lock");
    }

    Path ownerFile() {
        return root.resolve("owner");
    }

    Path portFile() {
        return root.resolve("port");
    }

    /** Others may pass through, not look: the server's account is another one when root starts it. */
    void create() throws IOException {
        Files.createDirectories(root.toAbsolutePath());
        Files.setPosixFilePermissions(root, OWNER_AND_PASSING);
    }

    boolean hasData() {
        return Files.exists(data().resolve("PG_VERSION"), LinkOption.NOFOLLOW_LINKS);
    }

    static String majorVersionOf(Path data) throws IOException {
        Path file = data.resolve("PG_VERSION");
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is damaged: it is not text", e);
        }
    }

    Optional<Integer> rememberedPort() throws IOException {
        if (!Files.isRegularFile(portFile())) {
            return Optional.empty();
        }
        try {
            int port = Integer.parseInt(Files.readString(portFile()).strip());
            return port >= 1 && port <= 65_535 ? Optional.of(port) : Optional.empty();
        } catch (NumberFormatException e) {
            // A damaged memory of the port costs a new port, nothing else.
            return Optional.empty();
        }
    }

    void rememberPort(int port) throws IOException {
        Files.writeString(portFile(), port + "\n");
    }

    /** Makes the content of a file durable. */
    static void flush(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Makes a tree durable, names and contents. */
    static void flushTree(Path tree) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(tree)) {
            all = walk.toList();
        }
        for (Path path : all) {
            flush(path);
        }
    }

    static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> children;
        try (Stream<Path> walk = Files.walk(tree)) {
            children = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : children) {
            Files.deleteIfExists(path);
        }
    }
}
