package org.ehashpool.kit.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuthorityKeyFileTest {

    private final SecureRandom random = new SecureRandom();
    private final Secp256k1 curve = CurveSelection.select(random).curve();

    @TempDir
    private Path directory;

    @Test
    void shouldBeTheSameKeyAtTheNextStartWhenItWasMadeAtTheFirst() throws IOException {
        Path file = directory.resolve("state").resolve("authority.key");
        try (AuthorityKeyPair made = AuthorityKeyFile.loadOrCreate(file, curve, random);
                AuthorityKeyPair found = AuthorityKeyFile.loadOrCreate(file, curve, random)) {
            assertThat(found.publicKey()).isEqualTo(made.publicKey());
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldNotOverwriteWhenTheFileExists() throws IOException {
        Path file = Files.writeString(directory.resolve("authority.key"), "precious");

        assertThatThrownBy(() -> AuthorityKeyFile.create(file, curve, random))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(file).hasContent("precious");
    }

    @Test
    void shouldRefuseWhenOthersMayReadTheFile() throws IOException {
        Path file = directory.resolve("authority.key");
        AuthorityKeyFile.create(file, curve, random).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorityKeyFile.load(file, curve))
                .withMessageContaining(file.toString())
                .withMessageContaining("only its owner may read");
    }

    @Test
    void shouldNotRepeatTheSecretWhenItIsDamaged() throws IOException {
        Path file = directory.resolve("authority.key");
        AuthorityKeyFile.create(file, curve, random).close();
        String text = Files.readString(file).strip();
        String damaged = text.substring(1) + (text.charAt(0) == '2' ? '3' : '2');
        Files.writeString(file, damaged);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorityKeyFile.load(file, curve))
                .withMessageContaining("authority secret key")
                .withMessageNotContaining(damaged);
    }
}
