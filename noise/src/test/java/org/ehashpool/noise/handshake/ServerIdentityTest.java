package org.ehashpool.noise.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import org.ehashpool.noise.certificate.Certificate;
import org.ehashpool.noise.certificate.CertificateVerifier;
import org.ehashpool.noise.certificate.Validity;
import org.ehashpool.noise.certificate.XOnlyPublicKey;
import org.ehashpool.noise.curve.Curves;
import org.junit.jupiter.api.Test;

class ServerIdentityTest {
    private static final long START = 1_000_000;

    private final Fixture fixture = new Fixture(Curves.NATIVE);
    private final ServerIdentity identity = issuing(3_600);

    private ServerIdentity issuing(long validitySeconds) {
        return ServerIdentity.issuing(
                Curves.NATIVE, fixture.authority(), fixture.staticKey(), validitySeconds, new SecureRandom());
    }

    @Test
    void shouldPresentTheSameCertificateWhenHalfItsLifeIsAhead() {
        Certificate first = identity.certificateAt(START);

        assertThat(first.validity()).isEqualTo(new Validity(START - 600, START + 3_600));
        assertThat(identity.certificateAt(START + 1_800)).isSameAs(first);
    }

    @Test
    void shouldRenewTheCertificateWhenHalfItsLifeIsOver() throws Exception {
        Certificate first = identity.certificateAt(START);
        Certificate second = identity.certificateAt(START + 1_801);

        assertThat(second).isNotEqualTo(first);
        assertThat(second.validity().until()).isEqualTo(START + 1_801 + 3_600);
        XOnlyPublicKey serverKey = XOnlyPublicKey.of(
                Curves.NATIVE.xOnlyPublicKey(identity.staticKey().secret()));
        new CertificateVerifier(fixture.authority().publicKey(), 0, Curves.NATIVE)
                .verify(second, serverKey, START + 1_801);
    }

    @Test
    void shouldRenewTheCertificateWhenTheClockWasSetBack() {
        identity.certificateAt(START);

        assertThat(identity.certificateAt(START - 500).validity().from()).isEqualTo(START - 500 - 600);
    }

    @Test
    void shouldBeValidFromTheEpochWhenTheClockIsNearIt() {
        assertThat(identity.certificateAt(5).validity()).isEqualTo(new Validity(0, 3_605));
    }

    @Test
    void shouldPresentWhatItWasGivenWhenFixed() {
        Certificate certificate = fixture.certificate(fixture.authority());

        assertThat(ServerIdentity.fixed(fixture.staticKey(), certificate).certificateAt(0))
                .isSameAs(certificate);
    }

    @Test
    void shouldRefuseAValidityWhenItIsNotPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> issuing(0));
    }
}
