package org.ehashpool.cashu.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import fr.acinq.bitcoin.DeterministicWallet;
import fr.acinq.bitcoin.KeyPath;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.blind.Blinding;
import org.ehashpool.cashu.blind.DleqProofs;
import org.ehashpool.cashu.blind.HashToCurve;
import org.ehashpool.cashu.keyset.Fees;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.keyset.UnitStep;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.Proof;
import org.junit.jupiter.api.Test;

class SigningKeysTest {

    private static final byte[] SEED = new byte[64];

    private final SigningKeys keys = SigningKeys.derive(SEED, "hash", 3, 100, OptionalLong.of(2_000_000_000));

    private static Proof proof(SigningKeys signer, Amount amount, String secret) {
        SecretKey blindingFactor = SecretKey.random(new SecureRandom());
        PublicKey blinded = Blinding.blind(HashToCurve.of(secret), blindingFactor);
        BlindSignature signature = signer.sign(new BlindedMessage(amount, signer.id(), blinded));
        PublicKey mintKey = signer.keyset().keys().find(amount).orElseThrow();
        assertThat(DleqProofs.verify(signature.dleq(), mintKey, blinded, signature.point()))
                .isTrue();
        return new Proof(amount, signer.id(), secret, Blinding.unblind(signature.point(), blindingFactor, mintKey));
    }

    @Test
    void shouldDeriveTheKeysOfThePathWhenAnotherLibraryDoesToo() {
        DeterministicWallet.ExtendedPrivateKey master = DeterministicWallet.generate(SEED);
        for (int exponent : List.of(0, 1, 31, 63)) {
            String path = "m/129372'/" + UnitStep.of("hash") + "'/3'/" + exponent + "'";
            String expected = DeterministicWallet.derivePrivateKey(master, new KeyPath(path))
                    .getPublicKey()
                    .toHex();

            assertThat(keys.keyset().keys().find(Amount.powerOfTwo(exponent)).orElseThrow())
                    .hasToString(expected);
        }
        assertThat(keys.keyset().keys().byAmount()).hasSize(64);
    }

    @Test
    void shouldHaveAnIdOfItsOwnThatCoversAllParameters() {
        assertThat(keys.keyset().hasItsOwnId()).isTrue();
        assertThat(List.of(
                        keys.id(),
                        SigningKeys.derive(SEED, "hash", 3, 100, OptionalLong.empty())
                                .id(),
                        SigningKeys.derive(SEED, "hash", 3, 0, OptionalLong.of(2_000_000_000))
                                .id(),
                        SigningKeys.derive(SEED, "hash", 4, 100, OptionalLong.of(2_000_000_000))
                                .id(),
                        SigningKeys.derive(SEED, "sat", 3, 100, OptionalLong.of(2_000_000_000))
                                .id(),
                        SigningKeys.derive(new byte[32], "hash", 3, 100, OptionalLong.of(2_000_000_000))
                                .id()))
                .doesNotHaveDuplicates();
        assertThat(SigningKeys.derive(SEED, "hash", 3, 100, OptionalLong.of(2_000_000_000))
                        .id())
                .isEqualTo(keys.id());
    }

    @Test
    void shouldVerifyWhatItSignedForEveryAmount() {
        for (int exponent = 0; exponent < Amount.BITS; exponent++) {
            Proof proof = proof(keys, Amount.powerOfTwo(exponent), "secret " + exponent);

            assertThat(keys.verify(proof, proof.y())).isTrue();
        }
    }

    @Test
    void shouldNotVerifyWhenAnythingAboutTheProofIsAnother() {
        SigningKeys other = SigningKeys.derive(SEED, "hash", 4, 100, OptionalLong.empty());
        Proof proof = proof(keys, Amount.of(4), "secret");

        assertThat(keys.verify(new Proof(Amount.of(8), keys.id(), "secret", proof.point()), proof.y()))
                .isFalse();
        assertThat(keys.verify(new Proof(Amount.of(3), keys.id(), "secret", proof.point()), proof.y()))
                .isFalse();
        assertThat(keys.verify(new Proof(Amount.ZERO, keys.id(), "secret", proof.point()), proof.y()))
                .isFalse();
        assertThat(keys.verify(proof, HashToCurve.of("secre"))).isFalse();
        assertThat(keys.verify(new Proof(Amount.of(4), keys.id(), "secret", proof.y()), proof.y()))
                .isFalse();
        assertThat(other.verify(proof, proof.y())).isFalse();
        assertThat(other.verify(new Proof(Amount.of(4), other.id(), "secret", proof.point()), proof.y()))
                .isFalse();
    }

    @Test
    void shouldAnswerTheSameWhenAskedAgain() {
        BlindedMessage message = new BlindedMessage(Amount.of(2), keys.id(), HashToCurve.of("blinded"));

        assertThat(keys.sign(message)).isEqualTo(keys.sign(message));
    }

    @Test
    void shouldRefuseToSignWhenTheMessageIsNotItsOwn() {
        PublicKey point = HashToCurve.of("blinded");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys.sign(new BlindedMessage(Amount.of(3), keys.id(), point)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys.sign(new BlindedMessage(Amount.ZERO, keys.id(), point)));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> keys.sign(new BlindedMessage(Amount.of(2), KeysetId.parse("00456a94ab4e1c46"), point)));
    }

    @Test
    void shouldSignNoMoreWhenItIsClosed() {
        BlindedMessage message = new BlindedMessage(Amount.of(2), keys.id(), HashToCurve.of("blinded"));
        keys.close();

        assertThatIllegalStateException().isThrownBy(() -> keys.sign(message));
    }

    @Test
    void shouldShowNothingSecretInText() {
        Proof proof = proof(keys, Amount.of(4), "very secret").withWitness("a witness");

        assertThat(proof.toString())
                .doesNotContain("very secret", "a witness", proof.point().toString());
        assertThat(keys).hasToString("SigningKeys[" + keys.id() + "]");
        assertThat(SecretKey.random(new SecureRandom())).hasToString("SecretKey");
    }

    @Test
    void shouldFindAUnitThatHasTheStepOfAnother() {
        // From sha256sum.
        assertThat(UnitStep.of("sat")).isEqualTo(1967237907L).isEqualTo(UnitStep.of("SAT"));
        assertThat(UnitStep.of("hash")).isEqualTo(1106986183L);
        assertThat(UnitStep.collision("sat", List.of("hash", "SAT"))).contains("SAT");
        assertThat(UnitStep.collision("sat", List.of("hash", "sat", "usd"))).isEmpty();
    }

    @Test
    void shouldRoundTheFeeUpOnceForAllInputs() {
        assertThat(Fees.of(LongStream.empty())).contains(Amount.ZERO);
        assertThat(Fees.of(LongStream.of(0, 0))).contains(Amount.ZERO);
        assertThat(Fees.of(LongStream.of(1))).contains(Amount.ONE);
        assertThat(Fees.of(LongStream.of(100, 100, 800))).contains(Amount.ONE);
        assertThat(Fees.of(LongStream.of(100, 100, 801))).contains(Amount.of(2));
        assertThat(Fees.of(LongStream.generate(() -> Long.MAX_VALUE).limit(3000)))
                .isEmpty();
    }

    @Test
    void shouldExpireAtTheSecondOfTheExpiry() {
        assertThat(keys.keyset().expired(1_999_999_999)).isFalse();
        assertThat(keys.keyset().expired(2_000_000_000)).isTrue();
        assertThat(SigningKeys.derive(SEED, "hash", 0, 0, OptionalLong.empty())
                        .keyset()
                        .expired(Long.MAX_VALUE))
                .isFalse();
    }
}
