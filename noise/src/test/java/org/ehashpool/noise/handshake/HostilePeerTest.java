package org.ehashpool.noise.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.NoiseException.Reason;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.curve.Curves;
import org.ehashpool.noise.curve.Secp256k1;
import org.junit.jupiter.api.Test;

class HostilePeerTest {
    private static final Secp256k1 CURVE = Curves.NATIVE;

    private final Fixture fixture = new Fixture(CURVE);

    private static Reason reason(Callable<?> call) {
        return catchThrowableOfType(NoiseException.class, call::call).reason();
    }

    private byte[] answer(AwaitingAct2 awaiting) throws NoiseException {
        return fixture.responder().respond(awaiting.act1(), Fixture.NOW).act2();
    }

    @Test
    void shouldFailWhenAnyByteOfAct1IsFlipped() throws Exception {
        for (int i = 0; i < Responder.ACT1_LENGTH; i++) {
            AwaitingAct2 awaiting = fixture.initiator().start();
            byte[] flipped = awaiting.act1();
            flipped[i] ^= 1;
            byte[] act2 = fixture.responder().respond(flipped, Fixture.NOW).act2();

            assertThat(reason(() -> awaiting.finish(act2, Fixture.NOW))).isEqualTo(Reason.DECRYPTION_FAILED);
        }
    }

    @Test
    void shouldFailWhenAnyByteOfAct2IsFlipped() throws Exception {
        for (int i = 0; i < Responder.ACT2_LENGTH; i++) {
            AwaitingAct2 awaiting = fixture.initiator().start();
            byte[] act2 = answer(awaiting);
            act2[i] ^= (byte) 0x80;

            assertThat(reason(() -> awaiting.finish(act2, Fixture.NOW))).isEqualTo(Reason.DECRYPTION_FAILED);
        }
    }

    @Test
    void shouldFailWhenAMessageIsTruncatedOrExtended() throws Exception {
        for (int length = 0; length <= 256; length++) {
            byte[] act1 = new byte[length];
            if (length != Responder.ACT1_LENGTH) {
                assertThat(reason(() -> fixture.responder().respond(act1, Fixture.NOW)))
                        .isEqualTo(Reason.MALFORMED_MESSAGE);
            }
            AwaitingAct2 awaiting = fixture.initiator().start();
            byte[] act2 = Arrays.copyOf(answer(awaiting), length);
            if (length != Responder.ACT2_LENGTH) {
                assertThat(reason(() -> awaiting.finish(act2, Fixture.NOW))).isEqualTo(Reason.MALFORMED_MESSAGE);
            }
        }
    }

    @Test
    void shouldAnswerAnyBytesWhenTheyAreSixtyFour() throws Exception {
        Random random = new Random(6);
        for (int i = 0; i < 200; i++) {
            byte[] act1 = new byte[64];
            if (i == 1) {
                Arrays.fill(act1, (byte) 0xff);
            } else if (i > 1) {
                random.nextBytes(act1);
            }
            assertThat(fixture.responder().respond(act1, Fixture.NOW).act2()).hasSize(234);
        }
    }

    @Test
    void shouldFailCleanlyWhenAct2IsGarbage() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] act2 = new byte[234];
            random.nextBytes(act2);
            AwaitingAct2 awaiting = fixture.initiator().start();

            assertThat(reason(() -> awaiting.finish(act2, Fixture.NOW))).isEqualTo(Reason.DECRYPTION_FAILED);
        }
    }

    @Test
    void shouldFailWhenAct2IsOfAnotherHandshake() throws Exception {
        AwaitingAct2 first = fixture.initiator().start();
        AwaitingAct2 second = new Initiator(CURVE, () -> fixture.pair(0x13), fixture.pinned()).start();
        byte[] act2 = answer(first);

        assertThat(reason(() -> second.finish(act2, Fixture.NOW))).isEqualTo(Reason.DECRYPTION_FAILED);
    }

    @Test
    void shouldFailWhenAct1IsReflected() {
        AwaitingAct2 awaiting = fixture.initiator().start();
        byte[] reflected = Arrays.copyOf(awaiting.act1(), 234);

        assertThat(reason(() -> awaiting.finish(reflected, Fixture.NOW))).isEqualTo(Reason.DECRYPTION_FAILED);
    }

    @Test
    void shouldFailWhenTheAuthorityIsAnother() throws Exception {
        AuthorityKeyPair stranger = AuthorityKeyPair.generate(CURVE, new SecureRandom());
        Responder responder = new Responder(
                CURVE,
                () -> fixture.pair(0x31),
                ServerIdentity.fixed(fixture.staticKey(), fixture.certificate(stranger)));
        AwaitingAct2 awaiting = fixture.initiator().start();
        byte[] act2 = responder.respond(awaiting.act1(), Fixture.NOW).act2();

        assertThat(reason(() -> awaiting.finish(act2, Fixture.NOW))).isEqualTo(Reason.WRONG_AUTHORITY);
    }

    @Test
    void shouldFailWhenTheCertificateIsForAnotherStaticKey() throws Exception {
        Responder thief = new Responder(
                CURVE,
                () -> fixture.pair(0x31),
                ServerIdentity.fixed(fixture.pair(0x53), fixture.certificate(fixture.authority())));
        AwaitingAct2 awaiting = fixture.initiator().start();
        byte[] act2 = thief.respond(awaiting.act1(), Fixture.NOW).act2();

        assertThat(reason(() -> awaiting.finish(act2, Fixture.NOW))).isEqualTo(Reason.WRONG_AUTHORITY);
    }

    @Test
    void shouldFailWhenTheCertificateIsNotValidNow() throws Exception {
        AwaitingAct2 early = fixture.initiator().start();
        AwaitingAct2 onTheEdge = fixture.initiator().start();
        AwaitingAct2 late = fixture.initiator().start();
        byte[] act2 = answer(early);

        assertThat(reason(() -> early.finish(act2, Fixture.FROM - Fixture.SKEW - 1)))
                .isEqualTo(Reason.CERTIFICATE_NOT_YET_VALID);
        assertThat(onTheEdge.finish(act2, Fixture.UNTIL + Fixture.SKEW).server())
                .isPresent();
        assertThat(reason(() -> late.finish(act2, Fixture.UNTIL + Fixture.SKEW + 1)))
                .isEqualTo(Reason.CERTIFICATE_EXPIRED);
    }

    @Test
    void shouldNotPayForAStackTraceWhenAPeerFails() {
        NoiseException failure = catchThrowableOfType(
                NoiseException.class, () -> fixture.responder().respond(new byte[3], Fixture.NOW));

        assertThat(failure.getStackTrace()).isEmpty();
        assertThat(failure).hasMessage("act 1 has 3 bytes, expected 64");
    }
}
