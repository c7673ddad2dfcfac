package org.ehashpool.noise.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import org.ehashpool.noise.Secret;
import org.ehashpool.noise.curve.Curves;
import org.ehashpool.noise.curve.Secp256k1;
import org.junit.jupiter.api.Test;

class AuthorityKeysTest {
    private static final Secp256k1 CURVE = Curves.NATIVE;

    /** The test vector of 4.7.1. */
    private static final int[] SPECIFIED_KEY = {
        118, 99, 112, 0, 151, 156, 28, 17, 175, 12, 48, 11, 205, 140, 127, 228, 134, 16, 252, 233, 185, 193, 30, 61,
        174, 227, 90, 224, 176, 138, 116, 85
    };

    private static final String SPECIFIED_TEXT = "9bXiEd8boQVhq7WddEcERUL5tyyJVFYdU8th3HfbNXK3Yw6GRXh";

    /** The key pair of the reference implementation's example configurations. */
    private static final String EXAMPLE_PUBLIC = "9auqWEzQDVyd2oe1JVGFLMLHZtCo2FFqZwtKA5gd9xbuEu7PH72";

    private static final String EXAMPLE_SECRET = "mkDLTBBRxdBv998612qipDYoTK3YUrqLe8uWw7gu3iXbSrn2n";

    private static byte[] specifiedKey() {
        byte[] key = new byte[SPECIFIED_KEY.length];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) SPECIFIED_KEY[i];
        }
        return key;
    }

    @Test
    void shouldReadAndWriteTheSpecifiedTextWhenGivenTheSpecifiedKey() {
        AuthorityPublicKey key = AuthorityPublicKey.parse(SPECIFIED_TEXT, CURVE);

        assertThat(key.key().bytes()).isEqualTo(specifiedKey());
        assertThat(new AuthorityPublicKey(XOnlyPublicKey.of(specifiedKey())))
                .isEqualTo(key)
                .hasToString(SPECIFIED_TEXT);
    }

    @Test
    void shouldReadTheReferenceImplementationsKeysWhenGivenItsExample() {
        AuthorityKeyPair pair = AuthorityKeyPair.parseSecret(EXAMPLE_SECRET, CURVE);

        assertThat(pair.publicKey()).hasToString(EXAMPLE_PUBLIC);
        assertThat(pair.exportSecret()).isEqualTo(EXAMPLE_SECRET);
        assertThat(AuthorityPublicKey.parse(EXAMPLE_PUBLIC, CURVE)).isEqualTo(pair.publicKey());
    }

    @Test
    void shouldGiveThePairBackWhenItsSecretIsExported() {
        AuthorityKeyPair pair = AuthorityKeyPair.generate(CURVE, new SecureRandom());

        assertThat(AuthorityKeyPair.parseSecret(pair.exportSecret(), CURVE).publicKey())
                .isEqualTo(pair.publicKey());
    }

    @Test
    void shouldSayWhatIsWrongWhenAPublicKeyIsMistyped() {
        byte[] key = specifiedKey();
        byte[] versioned = new byte[34];
        System.arraycopy(key, 0, versioned, 2, 32);

        refused(SPECIFIED_TEXT.replace('9', '8'), "checksum");
        refused(SPECIFIED_TEXT + "0", "not a base58 digit");
        refused("", "too short");
        refused(Base58Check.encode(key), "32 bytes, expected 34");
        refused(Base58Check.encode(versioned), "version 0, expected 1");
        versioned[1] = 1;
        refused(Base58Check.encode(versioned), "version 256, expected 1");
        byte[] offCurve = new byte[34];
        offCurve[0] = 1;
        offCurve[33] = 5;
        refused(Base58Check.encode(offCurve), "no point");
    }

    private static void refused(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorityPublicKey.parse(text, CURVE))
                .withMessageStartingWith("authority public key: ")
                .withMessageContaining(message);
    }

    @Test
    void shouldNotRepeatTheSecretWhenItIsRefused() {
        String[] wrong = {
            EXAMPLE_SECRET.replace('m', 'n'),
            EXAMPLE_SECRET + "0",
            EXAMPLE_PUBLIC,
            Base58Check.encode(new byte[32]),
            Base58Check.encode(new byte[31])
        };
        for (String text : wrong) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AuthorityKeyPair.parseSecret(text, CURVE))
                    .withMessageStartingWith("authority secret key: ")
                    .withMessageNotContaining(text);
        }
    }

    @Test
    void shouldOverwriteItsSecretWhenClosed() {
        byte[] bytes = Base58Check.decode(EXAMPLE_SECRET);
        AuthorityKeyPair pair = AuthorityKeyPair.of(CURVE, Secret.owning(bytes));

        pair.close();

        assertThat(bytes).containsOnly(0);
    }
}
