package org.ehashpool.cashu.blind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.List;
import org.ehashpool.cashu.Vectors;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.junit.jupiter.api.Test;

class BlindingTest {

    private static final List<Vectors.Block> VECTORS = Vectors.nuts("nut00");

    @Test
    void shouldHashToTheCurveWhenGivenTheVectorsMessages() {
        Vectors.Block block = VECTORS.get(0);
        assertThat(block.values("Message")).hasSize(3);

        assertThat(block.values("Message").stream()
                        .map(message -> HashToCurve.of(Vectors.hex(message)).toString()))
                .isEqualTo(block.values("Point"));
    }

    @Test
    void shouldHashTheTextOfTheSecretWhenTheSecretIsHexadecimal() {
        assertThat(HashToCurve.of("00")).isEqualTo(HashToCurve.of(new byte[] {'0', '0'}));
        assertThat(HashToCurve.of("é")).isEqualTo(HashToCurve.of(new byte[] {(byte) 0xc3, (byte) 0xa9}));
    }

    @Test
    void shouldBlindWhenGivenTheVectorsSecrets() {
        Vectors.Block block = VECTORS.get(1);
        assertThat(block.values("x")).hasSize(2);

        for (int i = 0; i < 2; i++) {
            PublicKey y = HashToCurve.of(Vectors.hex(block.values("x").get(i)));
            SecretKey blindingFactor = SecretKey.parse(block.values("r").get(i));
            assertThat(Blinding.blind(y, blindingFactor).toString())
                    .isEqualTo(block.values("B_").get(i));
        }
    }

    @Test
    void shouldSignWhenGivenTheVectorsKeys() {
        Vectors.Block block = VECTORS.get(2);
        assertThat(block.values("B_")).hasSize(2);

        for (int i = 0; i < 2; i++) {
            SecretKey key = SecretKey.parse(block.values("mint private key").get(i));
            assertThat(Blinding.sign(PublicKey.parse(block.values("B_").get(i)), key)
                            .toString())
                    .isEqualTo(block.values("C_").get(i));
        }
    }

    @Test
    void shouldVerifyWhatWasBlindedSignedAndUnblinded() {
        SecureRandom random = new SecureRandom();
        SecretKey mint = SecretKey.random(random);
        SecretKey blindingFactor = SecretKey.random(random);
        PublicKey y = HashToCurve.of("a secret");

        PublicKey signature = Blinding.unblind(
                Blinding.sign(Blinding.blind(y, blindingFactor), mint), blindingFactor, mint.publicKey());

        assertThat(Blinding.verify(y, signature, mint)).isTrue();
        assertThat(Blinding.verify(HashToCurve.of("another"), signature, mint)).isFalse();
        assertThat(Blinding.verify(y, signature, SecretKey.random(random))).isFalse();
        assertThat(Blinding.verify(y, signature.negated(), mint)).isFalse();
    }

    @Test
    void shouldRefuseWhenTheBlindSignatureHasNothingBehindTheBlinding() {
        SecretKey mint = SecretKey.random(new SecureRandom());
        SecretKey blindingFactor = SecretKey.random(new SecureRandom());
        PublicKey nothing = mint.publicKey().times(blindingFactor);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Blinding.unblind(nothing, blindingFactor, mint.publicKey()));
    }
}
