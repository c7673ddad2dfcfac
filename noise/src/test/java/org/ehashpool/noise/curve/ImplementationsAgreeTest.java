package org.ehashpool.noise.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.ehashpool.noise.Secret;
import org.junit.jupiter.api.Test;

/** The two implementations give the same bytes, also where the vectors leave a choice. */
class ImplementationsAgreeTest {
    private static final int ROUNDS = 100;

    private final Random random = new Random(2);

    @Test
    void shouldChooseTheSameEncodingWhenGivenTheSameRandomness() {
        for (int i = 0; i < ROUNDS; i++) {
            Secret secret = Secret.owning(Curves.bytes(random, 32));
            byte[] randomness = Curves.bytes(random, 32);
            byte[] xOnly = Curves.NATIVE.xOnlyPublicKey(secret);

            assertThat(Curves.JAVA.createEncoding(secret, randomness))
                    .isEqualTo(Curves.NATIVE.createEncoding(secret, randomness));
            assertThat(Curves.JAVA.encode(xOnly, randomness)).isEqualTo(Curves.NATIVE.encode(xOnly, randomness));
        }
    }

    @Test
    void shouldDecodeToTheSameKeyWhenGivenAnyBytes() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] encoding = Curves.bytes(random, 64);

            assertThat(Curves.JAVA.decode(encoding)).isEqualTo(Curves.NATIVE.decode(encoding));
        }
    }

    @Test
    void shouldAgreeOnASecretWhenEachPlaysOneRole() {
        for (int i = 0; i < ROUNDS; i++) {
            Secret one = Secret.owning(Curves.bytes(random, 32));
            Secret two = Secret.owning(Curves.bytes(random, 32));
            byte[] initiator = Curves.NATIVE.createEncoding(one, Curves.bytes(random, 32));
            byte[] responder = Curves.JAVA.createEncoding(two, Curves.bytes(random, 32));

            assertThat(Curves.JAVA.sharedSecret(one, initiator, responder, Role.INITIATOR))
                    .isEqualTo(Curves.NATIVE.sharedSecret(two, initiator, responder, Role.RESPONDER))
                    .isEqualTo(Curves.JAVA.sharedSecret(two, initiator, responder, Role.RESPONDER));
        }
    }

    @Test
    void shouldMakeTheSameSignatureWhenGivenTheSameRandomness() {
        for (int i = 0; i < ROUNDS; i++) {
            Secret secret = Secret.owning(Curves.bytes(random, 32));
            byte[] message = Curves.bytes(random, i);
            byte[] randomness = Curves.bytes(random, 32);
            byte[] signature = Curves.JAVA.sign(secret, message, randomness);

            assertThat(signature).isEqualTo(Curves.NATIVE.sign(secret, message, randomness));
            assertThat(Curves.NATIVE.verify(Curves.JAVA.xOnlyPublicKey(secret), message, signature))
                    .isTrue();
        }
    }
}
