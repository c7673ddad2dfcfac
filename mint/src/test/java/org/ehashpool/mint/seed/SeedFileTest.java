package org.ehashpool.mint.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeedFileTest {

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = directory.resolve("mint").resolve("seed");
    }

    @Test
    void shouldReadTheSeedOfTheWordsWhenTheyAreBip39s() throws Exception {
        write("legal winner thank year wave sausage worth useful legal winner thank  yellow\n", "rw-------");

        assertThat(SeedFile.read(file)).hasSize(64);
        assertThat(HexFormat.of().formatHex(SeedFile.read(file))).startsWith("878386efb78845b3");
    }

    @Test
    void shouldReadTheSameAgainWhenItMadeTheFile() throws Exception {
        SeedFile.create(file, new SecureRandom());

        assertThat(Files.readString(file).strip().split(" ")).hasSize(24);
        assertThat(SeedFile.read(file)).isEqualTo(SeedFile.read(file));
        assertThatThrownBy(() -> SeedFile.create(file, new SecureRandom()))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void shouldRefuseWithoutRepeatingItWhenTheFileIsOpenOrNoSeed() throws Exception {
        write("legal winner thank year wave sausage worth useful legal winner thank yellow", "rw-r-----");
        assertThatThrownBy(() -> SeedFile.read(file)).hasMessageContaining("chmod 600");

        Files.delete(file);
        write("legal winner thank year wave sausage worth useful legal winner thank thank", "rw-------");
        assertThatThrownBy(() -> SeedFile.read(file))
                .hasMessageContaining("BIP 39")
                .hasNoCause()
                .hasMessageNotContaining("sausage");
    }

    private void write(String words, String permissions) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, words);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
