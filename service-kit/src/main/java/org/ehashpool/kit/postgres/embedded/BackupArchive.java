package org.ehashpool.kit.postgres.embedded;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A backup as a file: a gzipped tar of a data directory, {@code manifest.json} at its end. */
final class BackupArchive {

    private static final String MANIFEST = "manifest.json";
    private static final String DATA = "data/";
    private static final int BUFFER = 128 * 1024;
    private static final int MANIFEST_LIMIT = 64 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private BackupArchive() {}

    /** Writes one archive, entry by entry. */
    static final class Writer implements AutoCloseable {

        private final TarArchiveOutputStream tar;
        private final List<BackupManifest.StoredFile> files = new ArrayList<>();
        private final byte[] buffer = new byte[BUFFER];

        Writer(OutputStream target) throws IOException {
            tar = new TarArchiveOutputStream(new GZIPOutputStream(new BufferedOutputStream(target, BUFFER), BUFFER));
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        }

        List<BackupManifest.StoredFile> files() {
            return files;
        }

        void directory(String path) throws IOException {
            tar.putArchiveEntry(new TarArchiveEntry(DATA + path + "/"));
            tar.closeArchiveEntry();
        }

        /**
         * Copies a file that may change, shrink or vanish meanwhile. What is short of its first size is filled with
         * zeros: replaying the log truncates or rewrites it.
         *
         * @return false when it is gone, which is no error: the log tells of that, too
         */
        boolean file(String path, Path source) throws IOException {
            try (InputStream in = Files.newInputStream(source)) {
                long size = Files.size(source);
                MessageDigest digest = begin(path, size);
                long left = size;
                while (left > 0) {
                    int count = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
                    if (count == 0) {
                        Arrays.fill(buffer, (byte) 0);
                        count = (int) Math.min(buffer.length, left);
                    }
                    digest.update(buffer, 0, count);
                    tar.write(buffer, 0, count);
                    left -= count;
                }
                end(path, size, digest);
                return true;
            } catch (NoSuchFileException e) {
                return false;
            }
        }

        void bytes(String path, byte[] content) throws IOException {
            MessageDigest digest = begin(path, content.length);
            digest.update(content);
            tar.write(content);
            end(path, content.length, digest);
        }

        private MessageDigest begin(String path, long size) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(DATA + path);
            entry.setSize(size);
            tar.putArchiveEntry(entry);
            return sha256();
        }

        private void end(String path, long size, MessageDigest digest) throws IOException {
            tar.closeArchiveEntry();
            files.add(new BackupManifest.StoredFile(path, size, HexFormat.of().formatHex(digest.digest())));
        }

        void finish(BackupManifest manifest) throws IOException {
            byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
            TarArchiveEntry entry = new TarArchiveEntry(MANIFEST);
            entry.setSize(json.length);
            tar.putArchiveEntry(entry);
            tar.write(json);
            tar.closeArchiveEntry();
            tar.finish();
        }

        @Override
        public void close() throws IOException {
            tar.close();
        }
    }

    /**
     * Unpacks an archive into a directory that does not exist yet, and holds every file against the manifest.
     *
     * @throws EmbeddedPostgresException when the archive is cut short, damaged, or not a backup of ours
     */
    static BackupManifest unpack(Path archive, Path target) throws IOException {
        Map<String, BackupManifest.StoredFile> found = new HashMap<>();
        Optional<BackupManifest> manifest = Optional.empty();
        Files.createDirectory(
                target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (InputStream file = Files.newInputStream(archive);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new GZIPInputStream(new BufferedInputStream(file, BUFFER), BUFFER))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (manifest.isPresent()) {
                    throw damaged(archive, "something follows the manifest");
                }
                if (entry.getName().equals(MANIFEST)) {
                    manifest = Optional.of(readManifest(archive, tar));
                } else {
                    unpackEntry(archive, tar, entry, target).ifPresent(stored -> found.put(stored.path(), stored));
                }
            }
        } catch (EmbeddedPostgresException e) {
            throw e;
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "the backup " + archive + " cannot be read to its end: " + e.getMessage(), e);
        }
        BackupManifest expected = manifest.orElseThrow(() -> damaged(archive, "it has no manifest"));
        compare(archive, expected, found);
        return expected;
    }

    private static BackupManifest readManifest(Path archive, InputStream in) throws IOException {
        byte[] json = in.readNBytes(MANIFEST_LIMIT);
        BackupManifest manifest;
        try {
            manifest = JSON.readValue(json, BackupManifest.class);
        } catch (IOException | RuntimeException e) {
            throw new EmbeddedPostgresException("the backup " + archive + " is damaged: its manifest is unreadable", e);
        }
        if (!BackupManifest.FORMAT.equals(manifest.format())) {
            throw damaged(archive, "its format is " + manifest.format() + ", not " + BackupManifest.FORMAT);
        }
        return manifest;
    }

    private static Optional<BackupManifest.StoredFile> unpackEntry(
            Path archive, TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        String name = entry.getName();
        Path path = target.resolve(name.startsWith(DATA) ? name.substring(DATA.length()) : "..")
                .normalize();
        if (!path.startsWith(target) || path.equals(target)) {
            throw damaged(archive, "it has a path outside the data directory: " + name);
        }
        if (entry.isDirectory()) {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return Optional.empty();
        }
        if (entry.getLinkFlag() != TarConstants.LF_NORMAL && entry.getLinkFlag() != TarConstants.LF_OLDNORM) {
            throw damaged(archive, "it has an entry that is neither file nor directory: " + name);
        }
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        MessageDigest digest = sha256();
        long size;
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(path), digest)) {
            size = tar.transferTo(out);
        }
        String relative = target.relativize(path).toString();
        return Optional.of(
                new BackupManifest.StoredFile(relative, size, HexFormat.of().formatHex(digest.digest())));
    }

    private static void compare(Path archive, BackupManifest manifest, Map<String, BackupManifest.StoredFile> found) {
        for (BackupManifest.StoredFile expected : manifest.files()) {
            if (!expected.equals(found.remove(expected.path()))) {
                throw damaged(archive, "the file " + expected.path() + " is missing or not the one that was stored");
            }
        }
        if (!found.isEmpty()) {
            throw damaged(archive, "it has files that its manifest does not name: " + found.keySet());
        }
    }

    private static EmbeddedPostgresException damaged(Path archive, String what) {
        return new EmbeddedPostgresException("the backup " + archive + " is damaged: " + what);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
