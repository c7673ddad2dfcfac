package org.ehashpool.noise.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.ehashpool.noise.Vectors.csv;
import static org.ehashpool.noise.Vectors.hex;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.ehashpool.noise.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("org.ehashpool.noise.curve.Curves#both")
class Secp256k1Test {
    private static final byte[] ZEROS = new byte[32];
    private static final String ORDER = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    @Parameter
    Secp256k1 curve = Curves.JAVA;

    @Test
    void shouldDecodeToTheVectorsXWhenGivenItsEncoding() {
        for (Map<String, String> row : csv("bip324/ellswift_decode_test_vectors.csv")) {
            assertThat(curve.decode(hex(row, "ellswift"))).as(row.toString()).isEqualTo(hex(row, "x"));
        }
    }

    @Test
    void shouldDecodeToTheVectorsXWhenGivenUAndEveryListedT() {
        int decoded = 0;
        for (Map<String, String> row : csv("bip324/xswiftec_inv_test_vectors.csv")) {
            for (int branch = 0; branch < 8; branch++) {
                String t = Objects.requireNonNull(row.get("case" + branch + "_t"));
                if (!t.isEmpty()) {
                    assertThat(curve.decode(hex(row.get("u") + t))).isEqualTo(hex(row, "x"));
                    decoded++;
                }
            }
        }
        assertThat(decoded).isEqualTo(98);
    }

    @Test
    void shouldAgreeOnTheVectorsSecretsWhenGivenItsPackets() {
        for (Map<String, String> row : csv("bip324/packet_encoding_test_vectors.csv")) {
            Secret secret = Secret.owning(hex(row, "in_priv_ours"));
            byte[] ours = hex(row, "in_ellswift_ours");
            byte[] theirs = hex(row, "in_ellswift_theirs");
            boolean initiating = "1".equals(row.get("in_initiating"));

            Secret shared = initiating
                    ? curve.sharedSecret(secret, ours, theirs, Role.INITIATOR)
                    : curve.sharedSecret(secret, theirs, ours, Role.RESPONDER);

            assertThat(curve.xOnlyPublicKey(secret)).isEqualTo(hex(row, "mid_x_ours"));
            assertThat(curve.decode(ours)).isEqualTo(hex(row, "mid_x_ours"));
            assertThat(curve.decode(theirs)).isEqualTo(hex(row, "mid_x_theirs"));
            assertThat(shared).isEqualTo(Secret.owning(hex(row, "mid_shared_secret")));
        }
    }

    @Test
    void shouldSignAsTheVectorsWhenGivenTheirRandomness() {
        int signed = 0;
        for (Map<String, String> row : csv("bip340/test-vectors.csv")) {
            if (!Objects.requireNonNull(row.get("secret key")).isEmpty()) {
                Secret secret = Secret.owning(hex(row, "secret key"));
                assertThat(curve.xOnlyPublicKey(secret)).isEqualTo(hex(row, "public key"));
                assertThat(curve.sign(secret, hex(row, "message"), hex(row, "aux_rand")))
                        .isEqualTo(hex(row, "signature"));
                signed++;
            }
        }
        assertThat(signed).isEqualTo(8);
    }

    @Test
    void shouldVerifyAsTheVectorsWhenGivenTheirSignatures() {
        for (Map<String, String> row : csv("bip340/test-vectors.csv")) {
            assertThat(curve.verify(hex(row, "public key"), hex(row, "message"), hex(row, "signature")))
                    .as(row.toString())
                    .isEqualTo("TRUE".equals(row.get("verification result")));
        }
    }

    @Test
    void shouldDecodeToTheKeyWhenItEncodedIt() {
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            Secret secret = Secret.owning(Curves.bytes(random, 32));
            byte[] xOnly = curve.xOnlyPublicKey(secret);

            assertThat(curve.decode(curve.createEncoding(secret, Curves.bytes(random, 32))))
                    .isEqualTo(xOnly);
            assertThat(curve.decode(curve.encode(xOnly, Curves.bytes(random, 32))))
                    .isEqualTo(xOnly);
        }
    }

    @Test
    void shouldChooseAnotherEncodingWhenTheRandomnessDiffers() {
        Secret secret = Secret.owning(hex("01".repeat(32)));

        assertThat(curve.createEncoding(secret, hex("02".repeat(32))))
                .isNotEqualTo(curve.createEncoding(secret, hex("03".repeat(32))));
    }

    @Test
    void shouldRefuseTheSecretWhenItIsNoScalar() {
        byte[] encoding = new byte[64];
        for (String digits : List.of("00".repeat(32), ORDER, "ff".repeat(32))) {
            Secret secret = Secret.owning(hex(digits));

            assertThat(curve.isSecretKey(secret)).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> curve.xOnlyPublicKey(secret));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.createEncoding(secret, ZEROS));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.sign(secret, ZEROS, ZEROS));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> curve.sharedSecret(secret, encoding, encoding, Role.INITIATOR));
        }
        assertThat(curve.isSecretKey(Secret.owning(hex("00".repeat(31) + "01"))))
                .isTrue();
        assertThat(curve.isSecretKey(Secret.owning(hex(ORDER.substring(0, 62) + "40"))))
                .isTrue();
        assertThat(curve.isSecretKey(Secret.owning(new byte[31]))).isFalse();
        assertThat(curve.isSecretKey(Secret.owning(new byte[33]))).isFalse();
    }

    @Test
    void shouldKnowAPublicKeyWhenItIsOnTheCurve() {
        String generator = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
        String fieldSize = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f";
        String five = "00".repeat(31) + "05";

        assertThat(curve.isXOnlyPublicKey(hex(generator))).isTrue();
        assertThat(curve.isXOnlyPublicKey(hex(five))).isFalse();
        assertThat(curve.isXOnlyPublicKey(ZEROS)).isFalse();
        assertThat(curve.isXOnlyPublicKey(hex(fieldSize))).isFalse();
        assertThat(curve.verify(hex(five), ZEROS, new byte[64])).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> curve.encode(hex(five), ZEROS));
    }

    @Test
    void shouldRefuseEveryArgumentWhenItsLengthIsWrong() {
        Secret secret = Secret.owning(hex("01".repeat(32)));
        byte[] encoding = new byte[64];
        for (int length : new int[] {0, 31, 33, 63, 65}) {
            byte[] wrong = new byte[length];
            Secret wrongSecret = Secret.owning(new byte[length]);
            List<Runnable> calls = List.of(
                    () -> curve.isXOnlyPublicKey(wrong),
                    () -> curve.xOnlyPublicKey(wrongSecret),
                    () -> curve.createEncoding(wrongSecret, ZEROS),
                    () -> curve.createEncoding(secret, wrong),
                    () -> curve.encode(wrong, ZEROS),
                    () -> curve.encode(hex("01".repeat(32)), wrong),
                    () -> curve.decode(wrong),
                    () -> curve.sharedSecret(wrongSecret, encoding, encoding, Role.INITIATOR),
                    () -> curve.sharedSecret(secret, wrong, encoding, Role.INITIATOR),
                    () -> curve.sharedSecret(secret, encoding, wrong, Role.RESPONDER),
                    () -> curve.sign(wrongSecret, ZEROS, ZEROS),
                    () -> curve.sign(secret, ZEROS, wrong),
                    () -> curve.verify(wrong, ZEROS, encoding),
                    () -> curve.verify(ZEROS, ZEROS, wrong));
            assertThat(calls)
                    .allSatisfy(call -> assertThatIllegalArgumentException().isThrownBy(call::run));
        }
    }

    @Test
    void shouldFailWhenTheSecretWasDestroyed() {
        Secret secret = Secret.owning(hex("01".repeat(32)));
        secret.close();

        assertThatIllegalStateException().isThrownBy(() -> curve.xOnlyPublicKey(secret));
        assertThatIllegalStateException().isThrownBy(() -> curve.createEncoding(secret, ZEROS));
    }

    @Test
    void shouldVerifyItsSignatureWhenTheMessageHasAnyLength() {
        Secret secret = Secret.owning(hex("07".repeat(32)));
        byte[] key = curve.xOnlyPublicKey(secret);
        for (int length : new int[] {0, 1, 31, 32, 33, 100, 5_000}) {
            byte[] message = new byte[length];
            byte[] signature = curve.sign(secret, message, ZEROS);

            assertThat(curve.verify(key, message, signature)).isTrue();
            signature[63] ^= 1;
            assertThat(curve.verify(key, message, signature)).isFalse();
        }
    }

    @Test
    void shouldGiveTheSameResultsWhenThreadsShareIt() throws Exception {
        Secret secret = Secret.owning(hex("09".repeat(32)));
        byte[] encoding = curve.createEncoding(secret, ZEROS);
        Secret expected = curve.sharedSecret(secret, encoding, new byte[64], Role.INITIATOR);
        Callable<Boolean> task = () -> IntStream.range(0, 50)
                .allMatch(i -> curve.sharedSecret(secret, encoding, new byte[64], Role.INITIATOR)
                        .equals(expected));

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : threads.invokeAll(Collections.nCopies(16, task))) {
                assertThat(result.get()).isTrue();
            }
        }
    }
}
