package org.ehashpool.noise.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.security.SecureRandom;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.XOnlyPublicKey;
import org.ehashpool.noise.curve.Curves;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("org.ehashpool.noise.curve.Curves#both")
class HandshakeTest {
    @Parameter
    Secp256k1 curve = Curves.JAVA;

    @Test
    void shouldCarryFramesBothWaysWhenBothSidesAreHonest() throws Exception {
        SecureRandom random = new SecureRandom();
        Fixture fixture = new Fixture(curve);
        AwaitingAct2 awaiting = new Initiator(curve, KeySource.random(curve, random), fixture.pinned()).start();
        Responder responder = new Responder(curve, KeySource.random(curve, random), fixture.identity());

        Responder.Response response = responder.respond(awaiting.act1(), Fixture.NOW);
        Established client = awaiting.finish(response.act2(), Fixture.NOW);
        Established server = response.session();

        assertThat(awaiting.act1()).hasSize(64);
        assertThat(response.act2()).hasSize(234);
        assertThat(client.handshakeHash()).hasSize(32).isEqualTo(server.handshakeHash());
        assertCarries(client, server);
        assertCarries(server, client);
        assertCarries(client, server);
    }

    private static void assertCarries(Established from, Established to) throws Exception {
        byte[] frame = {0, 0, 1, 2, 0, 0, 7, 8};
        byte[] encrypted = new byte[22 + 18];
        byte[] header = new byte[6];
        from.encryptor().encrypt(frame, 0, frame.length, encrypted, 0);
        assertThat(to.decryptor().decryptHeader(encrypted, 0, header, 0)).isEqualTo(2);
        to.decryptor().decryptPayload(encrypted, 22);
        assertThat(header).containsExactly(0, 0, 1, 2, 0, 0);
        assertThat(encrypted[22]).isEqualTo((byte) 7);
        assertThat(encrypted[23]).isEqualTo((byte) 8);
    }

    @Test
    void shouldShowTheVerifiedCertificateWhenTheAuthorityIsPinned() throws Exception {
        Fixture fixture = new Fixture(curve);
        AwaitingAct2 awaiting = fixture.initiator().start();
        Responder.Response response = fixture.responder().respond(awaiting.act1(), Fixture.NOW);

        assertThat(awaiting.finish(response.act2(), Fixture.NOW).server())
                .contains(new PresentedCertificate(
                        fixture.certificate(fixture.authority()),
                        XOnlyPublicKey.of(
                                curve.xOnlyPublicKey(fixture.staticKey().secret())),
                        true));
        assertThat(response.session().server()).isEmpty();
    }

    @Test
    void shouldShowAnUnverifiedCertificateWhenTheInitiatorChoseNotToCheck() throws Exception {
        Fixture fixture = new Fixture(curve);
        AuthorityKeyPair stranger = AuthorityKeyPair.generate(curve, new SecureRandom());
        Responder responder = new Responder(
                curve,
                () -> fixture.pair(0x31),
                ServerIdentity.fixed(fixture.staticKey(), fixture.certificate(stranger)));
        AwaitingAct2 awaiting =
                new Initiator(curve, () -> fixture.pair(0x11), new ServerAuthentication.Unauthenticated()).start();

        Established established =
                awaiting.finish(responder.respond(awaiting.act1(), 0).act2(), 0);

        PresentedCertificate presented = established.server().orElseThrow();
        assertThat(presented.verified()).isFalse();
        assertThat(presented.certificate()).isEqualTo(fixture.certificate(stranger));
    }

    @Test
    void shouldRefuseASecondUseWhenFinishedOrClosed() throws Exception {
        Fixture fixture = new Fixture(curve);
        AwaitingAct2 finished = fixture.initiator().start();
        AwaitingAct2 closed = fixture.initiator().start();
        byte[] act2 = fixture.responder().respond(finished.act1(), Fixture.NOW).act2();

        finished.finish(act2, Fixture.NOW);
        finished.close();
        closed.close();
        closed.close();

        assertThatIllegalStateException().isThrownBy(() -> finished.finish(act2, Fixture.NOW));
        assertThatIllegalStateException().isThrownBy(() -> closed.finish(act2, Fixture.NOW));
    }

    @Test
    void shouldOverwriteEverySecretWhenTheHandshakeIsDone() throws Exception {
        Fixture fixture = new Fixture(curve);
        byte[] initiatorSecret = Fixture.repeated(0x11);
        byte[] responderSecret = Fixture.repeated(0x31);
        SymmetricState responderState = new SymmetricState();
        AwaitingAct2 awaiting =
                new Initiator(curve, () -> fixture.pair(0x11, initiatorSecret), fixture.pinned()).start();

        byte[] act2 = new Responder(curve, () -> fixture.pair(0x31, responderSecret), fixture.identity())
                .respond(awaiting.act1(), Fixture.NOW, responderState)
                .act2();
        assertThat(responderSecret).containsOnly(0);
        assertThat(responderState.chainingKey()).containsOnly(0);

        assertThat(initiatorSecret).containsOnly(0x11);
        awaiting.finish(act2, Fixture.NOW);
        assertThat(initiatorSecret).containsOnly(0);
        assertThat(awaiting.state().chainingKey()).containsOnly(0);
    }

    @Test
    void shouldOverwriteEverySecretWhenTheHandshakeFailsOrIsGivenUp() throws Exception {
        Fixture fixture = new Fixture(curve);
        byte[] failing = Fixture.repeated(0x11);
        byte[] givenUp = Fixture.repeated(0x11);
        AwaitingAct2 fails = new Initiator(curve, () -> fixture.pair(0x11, failing), fixture.pinned()).start();
        AwaitingAct2 givesUp = new Initiator(curve, () -> fixture.pair(0x11, givenUp), fixture.pinned()).start();

        assertThat(catchThrowable(() -> fails.finish(new byte[234], Fixture.NOW)))
                .isNotNull();
        givesUp.close();

        assertThat(failing).containsOnly(0);
        assertThat(fails.state().chainingKey()).containsOnly(0);
        assertThat(givenUp).containsOnly(0);
        assertThat(givesUp.state().chainingKey()).containsOnly(0);
    }

    @Test
    void shouldCloseBothDirectionsWhenTheSessionIsClosed() throws Exception {
        Fixture fixture = new Fixture(curve);
        Established session = fixture.responder()
                .respond(fixture.pair(0x11).encoding(), Fixture.NOW)
                .session();

        session.close();

        assertThat(session.encryptor().isClosed()).isTrue();
        assertThat(session.decryptor().isClosed()).isTrue();
    }

    @Test
    void shouldMakeOtherKeysEachTimeWhenTheSourceIsRandom() {
        KeySource keys = KeySource.random(curve, new SecureRandom());
        try (EllSwiftKeyPair one = keys.next();
                EllSwiftKeyPair two = keys.next()) {
            assertThat(one.secret()).isNotEqualTo(two.secret());
            assertThat(one.encoding()).isNotEqualTo(two.encoding());
            assertThat(curve.decode(one.encoding())).isEqualTo(curve.xOnlyPublicKey(one.secret()));
        }
    }
}
