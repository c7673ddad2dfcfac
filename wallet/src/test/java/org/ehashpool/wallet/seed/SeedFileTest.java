package org.ehashpool.wallet.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.ehashpool.kit.config.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedFileTest {

    private static final Optional<Secret> PASSPHRASE = Optional.of(Secret.of("correct horse"));

    @TempDir
    private Path directory;

    private final SecureRandom random = new SecureRandom();

    @Test
    void shouldMakeTwelveNewWordsEveryTime() {
        Secret words = SeedFile.newWords(random);

        assertThat(words.reveal()).matches("([a-z]+ ){11}[a-z]+");
        assertThat(SeedFile.newWords(random)).isNotEqualTo(words);
    }

    @Test
    void shouldKeepWordsForTheOwnerOnly() throws IOException {
        Path file = directory.resolve("new/seed");
        Secret words = SeedFile.newWords(random);

        SeedFile.create(file, words, Optional.empty(), random);

        assertThat(SeedFile.words(file, Optional.empty())).isEqualTo(words);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SeedFile.isSealed(file)).isFalse();
    }

    @Test
    void shouldSealWordsUnderAPassphrase() throws IOException {
        Path file = directory.resolve("seed");
        Secret words = SeedFile.newWords(random);

        SeedFile.create(file, words, PASSPHRASE, random);

        assertThat(Files.readString(file))
                .doesNotContain(words.reveal().substring(0, words.reveal().indexOf(" ") + 1));
        assertThat(SeedFile.isSealed(file)).isTrue();
        assertThat(SeedFile.words(file, PASSPHRASE)).isEqualTo(words);
        assertThatThrownBy(() -> SeedFile.words(file, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("passphrase");
        assertThatThrownBy(() -> SeedFile.words(file, Optional.of(Secret.of("another"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("passphrase");
    }

    @Test
    void shouldNeverOverwriteAFile() throws IOException {
        Path file = directory.resolve("seed");
        Secret words = SeedFile.newWords(random);
        SeedFile.create(file, words, Optional.empty(), random);

        assertThatThrownBy(() -> SeedFile.create(file, SeedFile.newWords(random), Optional.empty(), random))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(SeedFile.words(file, Optional.empty())).isEqualTo(words);
    }

    @Test
    void shouldNameAnEmptyFileAndLeaveNoDraftBehind() throws IOException {
        Path file = directory.resolve("seed");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));

        assertThatThrownBy(() -> SeedFile.create(file, SeedFile.newWords(random), Optional.empty(), random))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> SeedFile.read(file, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not empty");
        Files.delete(file);
        SeedFile.create(file, SeedFile.newWords(random), Optional.empty(), random);
        try (var names = Files.list(directory)) {
            assertThat(names).containsExactly(file);
        }
    }

    @Test
    void shouldCreateAFileWhenAnEarlierDraftWasTorn() throws IOException {
        Path file = directory.resolve("seed");
        Files.writeString(directory.resolve("seed.0011223344556677.draft"), "half depart obv");

        SeedFile.create(file, SeedFile.newWords(random), Optional.empty(), random);

        assertThat(SeedFile.words(file, Optional.empty()).reveal()).matches("([a-z]+ ){11}[a-z]+");
    }

    @Test
    void shouldRefuseAFileThatOthersCanRead() throws IOException {
        Path file = directory.resolve("seed");
        SeedFile.create(file, SeedFile.newWords(random), Optional.empty(), random);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> SeedFile.read(file, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void shouldNotRepeatTheWordsWhenTheirChecksumIsWrong() throws IOException {
        Path file = directory.resolve("seed");
        String wrong = "abandon ".repeat(11) + "abandon";
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, wrong);

        assertThatThrownBy(() -> SeedFile.read(file, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("checksum")
                .hasMessageNotContaining("abandon");
        assertThatThrownBy(
                        () -> SeedFile.create(directory.resolve("other"), Secret.of(wrong), Optional.empty(), random))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(directory.resolve("other")).doesNotExist();
    }
}
