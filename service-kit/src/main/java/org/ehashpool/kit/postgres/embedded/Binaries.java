package org.ehashpool.kit.postgres.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from the archive on the class path into a directory named after its content. */
record Binaries(Path directory) {

    /**
     * The major version of every data directory this release makes and opens. A change of it needs the upgrade that
     * the package describes.
     */
    static final int MAJOR_VERSION = 17;

    /** Written last: a directory without it, or with another content, is not complete. */
    private static final String MARKER = "unpacked.sha256";

    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");

    String program(String name) {
        return directory.resolve("bin").resolve(name).toString();
    }

    /** Unpacks unless it is done already. */
    static Binaries unpack(Path parent) throws IOException {
        byte[] archive = archiveForThisPlatform();
        String checksum = sha256(archive);
        Path directory = parent.resolve("postgres-" + MAJOR_VERSION + "-" + checksum.substring(0, 16));
        Path marker = directory.resolve(MARKER);
        if (Files.isRegularFile(marker) && Files.readString(marker).strip().equals(checksum)) {
            return new Binaries(directory);
        }
        Files.createDirectories(parent);
        Files.setPosixFilePermissions(parent, PROGRAM);
        Path unfinished = parent.resolve(directory.getFileName() + ".unfinished");
        ServerDirectory.deleteTree(unfinished);
        ServerDirectory.deleteTree(directory);
        extract(archive, unfinished);
        Files.writeString(unfinished.resolve(MARKER), checksum + "\n");
        Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        return new Binaries(directory);
    }

    private static void extract(byte[] archive, Path target) throws IOException {
        Files.createDirectory(target);
        Files.setPosixFilePermissions(target, PROGRAM);
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException(
                            "the archive of PostgreSQL's programs has a path outside it: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    makeDirectory(target, path);
                } else if (entry.isSymbolicLink()) {
                    makeDirectory(target, parentOf(path));
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else if (entry.isFile()) {
                    makeDirectory(target, parentOf(path));
                    Files.copy(tar, path);
                    Files.setPosixFilePermissions(path, (entry.getMode() & 0100) != 0 ? PROGRAM : FILE);
                } else {
                    throw new IOException(
                            "the archive of PostgreSQL's programs has an entry of unknown kind: " + entry.getName());
                }
            }
        }
    }

    /** Readable by all, whatever the umask: the server's account may be another one. */
    private static void makeDirectory(Path target, Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        makeDirectory(target, parentOf(directory));
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PROGRAM);
    }

    private static Path parentOf(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("no parent: " + path);
        }
        return parent;
    }

    private static byte[] archiveForThisPlatform() throws IOException {
        String resource = resourceFor(System.getProperty("os.name"), System.getProperty("os.arch"));
        try (InputStream in = Binaries.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new EmbeddedPostgresException("this build holds no PostgreSQL for this platform (" + resource
                        + "): configure the URL of a database");
            }
            return in.readAllBytes();
        }
    }

    static String resourceFor(String operatingSystem, String architecture) {
        String system =
                switch (operatingSystem) {
                    case "Linux" -> "linux";
                    case "Mac OS X" -> "darwin";
                    default ->
                        throw new EmbeddedPostgresException("there is no embedded PostgreSQL for " + operatingSystem
                                + ": configure the URL of a database");
                };
        String processor =
                switch (architecture) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default ->
                        throw new EmbeddedPostgresException("there is no embedded PostgreSQL for the processor "
                                + architecture + ": configure the URL of a database");
                };
        return "postgres-" + system + "-" + processor + ".txz";
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
