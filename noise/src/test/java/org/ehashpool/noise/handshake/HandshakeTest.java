package org.ehashpool.noise.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.CertificateVerifier;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    @Test
    void shouldAgreeOnAHandshakeHashWhenBothSidesAreHonest() throws Exception {
        SecureRandom random = new SecureRandom();
        Secp256k1 curve = CurveSelection.select(random).curve();
        AuthorityKeyPair authority = AuthorityKeyPair.generate(curve, random);
        ServerIdentity identity =
                ServerIdentity.issuing(curve, authority, EllSwiftKeyPair.generate(curve, random), 3600, random);
        Responder responder = new Responder(curve, KeySource.random(curve, random), identity);
        Initiator initiator = new Initiator(
                curve,
                KeySource.random(curve, random),
                new ServerAuthentication.Pinned(new CertificateVerifier(authority.publicKey(), 10, curve)));

        AwaitingAct2 awaiting = initiator.start();
        Responder.Response response = responder.respond(awaiting.act1(), 1_000);
        Established established = awaiting.finish(response.act2(), 1_000);

        assertThat(response.act2()).hasSize(234);
        assertThat(established.handshakeHash()).isEqualTo(response.session().handshakeHash());
        assertThat(curve.name()).isEqualTo("native");
    }
}
