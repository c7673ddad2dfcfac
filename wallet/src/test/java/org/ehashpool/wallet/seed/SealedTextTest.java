package org.ehashpool.wallet.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SealedTextTest {

    private static final String TEXT = "the words of a seed";

    private final char[] passphrase = "correct horse".toCharArray();
    private final SecureRandom random = new SecureRandom();

    @Test
    void shouldOpenWithThePassphraseOnly() {
        String line = SealedText.seal(TEXT, passphrase, random);

        assertThat(line).doesNotContain("words");
        assertThat(SealedText.open(line, passphrase)).contains(TEXT);
        assertThat(SealedText.open(line, "another horse".toCharArray())).isEmpty();
    }

    @Test
    void shouldSealDifferentlyEveryTime() {
        assertThat(SealedText.seal(TEXT, passphrase, random)).isNotEqualTo(SealedText.seal(TEXT, passphrase, random));
    }

    @Test
    void shouldNotOpenWhenSaltNonceTextOrTagWasChanged() {
        byte[] bytes = Base64.getDecoder()
                .decode(SealedText.seal(TEXT, passphrase, random).substring(SealedText.PREFIX.length()));
        for (int position : new int[] {0, 16, 28, bytes.length - 1}) {
            byte[] changed = bytes.clone();
            changed[position] ^= 1;

            assertThat(SealedText.open(line(changed), passphrase))
                    .as("byte %s", position)
                    .isEmpty();
        }
    }

    @Test
    void shouldNotOpenWhatIsCutShortOrNoBase64() {
        assertThat(SealedText.open(line(new byte[27]), passphrase)).isEmpty();
        assertThat(SealedText.open(line(new byte[28]), passphrase)).isEmpty();
        assertThat(SealedText.open(line(new byte[40]), passphrase)).isEmpty();
        assertThat(SealedText.open(SealedText.PREFIX + "*", passphrase)).isEmpty();
    }

    private static String line(byte[] bytes) {
        return SealedText.PREFIX + Base64.getEncoder().encodeToString(bytes);
    }
}
