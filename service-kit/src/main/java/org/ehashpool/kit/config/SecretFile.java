package org.ehashpool.kit.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A secret in a file of its own, which nobody but its owner may touch. */
public final class SecretFile {
    private static final long MAXIMUM_SIZE = 1 << 16;
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private SecretFile() {}

    /**
     * The file's text without its line end.
     *
     * @throws IllegalArgumentException saying what was expected of the file
     */
    public static Secret read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("an existing file");
            }
            if (Files.size(file) > MAXIMUM_SIZE) {
                throw new IllegalArgumentException("a file of at most " + new ByteSize(MAXIMUM_SIZE));
            }
            requireOwnerOnly(file);
            String text = Files.readString(file).stripTrailing();
            if (text.isEmpty()) {
                throw new IllegalArgumentException("a file that is not empty");
            }
            return Secret.of(text);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("an existing file", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a file in UTF-8", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("a readable file", e);
        }
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return; // a file system without owners and groups
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (!OWNER.containsAll(permissions)) {
            throw new IllegalArgumentException("a file that only its owner may read (chmod 600), not "
                    + PosixFilePermissions.toString(permissions));
        }
    }
}
