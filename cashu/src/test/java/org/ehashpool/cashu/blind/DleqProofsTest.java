package org.ehashpool.cashu.blind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.ehashpool.cashu.Vectors;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.ProofDleq;
import org.junit.jupiter.api.Test;

class DleqProofsTest {

    private static final List<Vectors.Block> VECTORS = Vectors.nuts("nut12");

    private final SecretKey key = SecretKey.random(new SecureRandom());
    private final PublicKey publicKey = key.publicKey();
    private final PublicKey blinded = HashToCurve.of("blinded");
    private final PublicKey signature = Blinding.sign(blinded, key);
    private final Dleq proof = DleqProofs.prove(key, publicKey, blinded, signature);

    @Test
    void shouldGiveTheVectorsChallengeWhenHashingItsPoints() {
        Vectors.Block points = VECTORS.get(0);

        byte[] challenge = DleqProofs.challenge(
                PublicKey.parse(points.value("R1")),
                PublicKey.parse(points.value("R2")),
                PublicKey.parse(points.value("K")),
                PublicKey.parse(points.value("C_")));

        assertThat(HexFormat.of().formatHex(challenge)).isEqualTo(VECTORS.get(1).value("hash(R1, R2, K, C_)"));
    }

    @Test
    void shouldGiveTheVectorsProofWhenTheNonceIsDerived() {
        Vectors.Block given = VECTORS.get(2);
        SecretKey a = SecretKey.parse(given.value("a"));
        PublicKey blindedMessage = PublicKey.parse(given.value("B_"));

        Dleq made = DleqProofs.prove(a, a.publicKey(), blindedMessage, PublicKey.parse(given.value("C_")));

        assertThat(a.publicKey().toString()).isEqualTo(given.value("A"));
        assertThat(Blinding.sign(blindedMessage, a).toString()).isEqualTo(given.value("C_"));
        assertThat(made)
                .isEqualTo(new Dleq(
                        Vectors.hex(VECTORS.get(3).value("e")),
                        Vectors.hex(VECTORS.get(3).value("s"))));
    }

    @Test
    void shouldVerifyTheVectorsBlindSignature() {
        JsonNode answer = VECTORS.get(5).json();

        assertThat(DleqProofs.verify(
                        dleq(answer),
                        PublicKey.parse(VECTORS.get(4).value("A")),
                        PublicKey.parse(VECTORS.get(4).value("B_")),
                        PublicKey.parse(answer.get("C_").asText())))
                .isTrue();
    }

    @Test
    void shouldVerifyTheVectorsProof() {
        JsonNode spendable = VECTORS.get(7).json();
        ProofDleq carried = new ProofDleq(
                dleq(spendable), SecretKey.parse(spendable.get("dleq").get("r").asText()));
        PublicKey y = HashToCurve.of(spendable.get("secret").asText());
        PublicKey c = PublicKey.parse(spendable.get("C").asText());
        PublicKey mintKey = PublicKey.parse(VECTORS.get(6).value("A"));

        assertThat(carried.verify(y, c, mintKey)).isTrue();
        assertThat(carried.verify(HashToCurve.of("another"), c, mintKey)).isFalse();
    }

    @Test
    void shouldVerifyWhatItProves() {
        assertThat(DleqProofs.verify(proof, publicKey, blinded, signature)).isTrue();
        assertThat(DleqProofs.prove(key, publicKey, blinded, signature)).isEqualTo(proof);
    }

    @Test
    void shouldRefuseWhenAnyPartIsAnother() {
        assertThat(DleqProofs.verify(proof, blinded, blinded, signature)).isFalse();
        assertThat(DleqProofs.verify(proof, publicKey, publicKey, signature)).isFalse();
        assertThat(DleqProofs.verify(proof, publicKey, blinded, signature.negated()))
                .isFalse();
        for (int i = 0; i < Dleq.LENGTH; i++) {
            byte[] changed = proof.e();
            changed[i] ^= 1;
            assertThat(DleqProofs.verify(new Dleq(changed, proof.s()), publicKey, blinded, signature))
                    .isFalse();
            byte[] response = proof.s();
            response[i] ^= 1;
            assertThat(DleqProofs.verify(new Dleq(proof.e(), response), publicKey, blinded, signature))
                    .isFalse();
        }
    }

    @Test
    void shouldRefuseWhenAnotherKeySigned() {
        SecretKey other = SecretKey.random(new SecureRandom());
        PublicKey tagged = Blinding.sign(blinded, other);

        assertThat(DleqProofs.verify(DleqProofs.prove(other, publicKey, blinded, tagged), publicKey, blinded, tagged))
                .isFalse();
    }

    @Test
    void shouldRefuseWithoutExceptionWhenItsNumbersAreOutOfRange() {
        byte[] zero = new byte[Dleq.LENGTH];
        byte[] order = Vectors.hex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

        for (byte[] bad : List.of(zero, order)) {
            assertThat(DleqProofs.verify(new Dleq(bad, proof.s()), publicKey, blinded, signature))
                    .isFalse();
            assertThat(DleqProofs.verify(new Dleq(proof.e(), bad), publicKey, blinded, signature))
                    .isFalse();
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Dleq(new byte[31], proof.s()));
    }

    @Test
    void shouldRefuseWithoutExceptionWhenThePointsCancelOut() {
        byte[] one = new byte[Dleq.LENGTH];
        one[one.length - 1] = 1;
        PublicKey generator = SecretKey.of(one).publicKey();

        // R1 = 1·G − 1·G
        assertThat(DleqProofs.verify(new Dleq(one, one), generator, blinded, signature))
                .isFalse();
        // C' = C + rA with C = −rA
        assertThat(new ProofDleq(proof, key)
                        .verify(blinded, publicKey.times(key).negated(), publicKey))
                .isFalse();
    }

    @Test
    void shouldSignAnotherMessageWithAnotherNonce() {
        PublicKey otherMessage = HashToCurve.of("other");
        Dleq other = DleqProofs.prove(key, publicKey, otherMessage, Blinding.sign(otherMessage, key));

        // The same nonce under two challenges would give the key away: s1 − s2 = a(e1 − e2).
        assertThat(DleqProofs.verify(new Dleq(other.e(), proof.s()), publicKey, blinded, signature))
                .isFalse();
        assertThat(other.e()).isNotEqualTo(proof.e());
        assertThat(other.s()).isNotEqualTo(proof.s());
    }

    private static Dleq dleq(JsonNode holder) {
        return new Dleq(
                Vectors.hex(holder.get("dleq").get("e").asText()),
                Vectors.hex(holder.get("dleq").get("s").asText()));
    }
}
