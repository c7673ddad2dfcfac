package org.ehashpool.noise.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.ehashpool.noise.Vectors.hex;

import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.NoiseException.Reason;
import org.ehashpool.noise.Secret;
import org.ehashpool.noise.curve.Curves;
import org.ehashpool.noise.curve.Secp256k1;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("org.ehashpool.noise.curve.Curves#both")
class CertificateVerifierTest {
    private static final long FROM = 1_000_000;
    private static final long UNTIL = 1_003_600;
    private static final int SKEW = 10;
    private static final byte[] RANDOMNESS = new byte[32];

    @Parameter
    Secp256k1 curve = Curves.JAVA;

    private AuthorityKeyPair authority(int seed) {
        return AuthorityKeyPair.of(
                curve, Secret.owning(hex("%02x".formatted(seed).repeat(32))));
    }

    private XOnlyPublicKey serverKey(int seed) {
        return XOnlyPublicKey.of(
                curve.xOnlyPublicKey(Secret.owning(hex("%02x".formatted(seed).repeat(32)))));
    }

    private Certificate certificate() {
        return authority(1).issue(serverKey(2), new Validity(FROM, UNTIL), RANDOMNESS);
    }

    private CertificateVerifier verifier() {
        return new CertificateVerifier(authority(1).publicKey(), SKEW, curve);
    }

    private Reason reason(Certificate certificate, XOnlyPublicKey serverKey, long now) {
        return catchThrowableOfType(NoiseException.class, () -> verifier().verify(certificate, serverKey, now))
                .reason();
    }

    @Test
    void shouldAcceptWhenNowIsWithinTheValidityAndTheSkew() {
        for (long now : new long[] {FROM - SKEW, FROM, FROM + 1, UNTIL, UNTIL + SKEW}) {
            assertThatCode(() -> verifier().verify(certificate(), serverKey(2), now))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void shouldRefuseWhenNowIsBeyondTheSkew() {
        assertThat(reason(certificate(), serverKey(2), FROM - SKEW - 1)).isEqualTo(Reason.CERTIFICATE_NOT_YET_VALID);
        assertThat(reason(certificate(), serverKey(2), UNTIL + SKEW + 1)).isEqualTo(Reason.CERTIFICATE_EXPIRED);
        assertThat(reason(certificate(), serverKey(2), 0)).isEqualTo(Reason.CERTIFICATE_NOT_YET_VALID);
    }

    @Test
    void shouldRefuseAtTheSecondWhenNoSkewIsTolerated() throws Exception {
        CertificateVerifier strict = new CertificateVerifier(authority(1).publicKey(), 0, curve);

        strict.verify(certificate(), serverKey(2), FROM);
        strict.verify(certificate(), serverKey(2), UNTIL);
        assertThat(catchThrowableOfType(
                                NoiseException.class, () -> strict.verify(certificate(), serverKey(2), FROM - 1))
                        .reason())
                .isEqualTo(Reason.CERTIFICATE_NOT_YET_VALID);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CertificateVerifier(authority(1).publicKey(), -1, curve));
    }

    @Test
    void shouldAcceptWhenTheValidityReachesTheEndOfUnsignedTime() throws Exception {
        Validity endless = new Validity(FROM, 0xffff_ffffL);

        verifier().verify(authority(1).issue(serverKey(2), endless, RANDOMNESS), serverKey(2), 0xffff_ffffL + SKEW);
    }

    @Test
    void shouldRefuseWhenAuthorityOrServerKeyIsAnother() {
        Certificate others = authority(3).issue(serverKey(2), new Validity(FROM, UNTIL), RANDOMNESS);

        assertThat(reason(others, serverKey(2), FROM)).isEqualTo(Reason.WRONG_AUTHORITY);
        assertThat(reason(certificate(), serverKey(4), FROM)).isEqualTo(Reason.WRONG_AUTHORITY);
    }

    @Test
    void shouldRefuseTheSignatureBeforeTheDatesWhenBothAreWrong() {
        assertThat(reason(certificate(), serverKey(4), UNTIL * 2)).isEqualTo(Reason.WRONG_AUTHORITY);
    }

    @Test
    void shouldRefuseWhenAnyByteIsFlipped() {
        byte[] bytes = certificate().bytes();
        for (int i = 0; i < bytes.length; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= 1;
            Reason reason = reason(Certificate.parse(flipped), serverKey(2), FROM);
            if (i < 2) {
                assertThat(reason).isEqualTo(Reason.UNKNOWN_CERTIFICATE_VERSION);
            } else {
                assertThat(reason).isIn(Reason.WRONG_AUTHORITY, Reason.MALFORMED_SIGNATURE);
            }
        }
    }

    @Test
    void shouldSayThatTheSignatureIsNoneWhenItsPartsAreOutOfRange() {
        byte[] bytes = certificate().bytes();
        byte[] badR = bytes.clone();
        System.arraycopy(hex("ff".repeat(32)), 0, badR, 10, 32);
        byte[] badS = bytes.clone();
        System.arraycopy(hex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"), 0, badS, 42, 32);

        assertThat(reason(Certificate.parse(badR), serverKey(2), FROM)).isEqualTo(Reason.MALFORMED_SIGNATURE);
        assertThat(reason(Certificate.parse(badS), serverKey(2), FROM)).isEqualTo(Reason.MALFORMED_SIGNATURE);
    }

    @Test
    void shouldLayItsFieldsOutInLittleEndianWhenWritten() {
        Certificate certificate = authority(1).issue(serverKey(2), new Validity(0x01020304, 0xf1f2f3f4L), RANDOMNESS);
        byte[] bytes = certificate.bytes();

        assertThat(bytes).hasSize(74).startsWith(hex("0000" + "04030201" + "f4f3f2f1"));
        assertThat(Certificate.parse(bytes)).isEqualTo(certificate).hasSameHashCodeAs(certificate);
        assertThat(Certificate.parse(bytes).validity()).isEqualTo(new Validity(0x01020304, 0xf1f2f3f4L));
        for (int length : new int[] {0, 73, 75}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Certificate.parse(new byte[length]));
        }
    }

    @Test
    void shouldRefuseAValidityWhenItIsNoU32() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Validity(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Validity(0, 0x1_0000_0000L));
        assertThat(Validity.startingAt(0xffff_fff0L, 100)).isEqualTo(new Validity(0xffff_fff0L, 0xffff_ffffL));
    }
}
