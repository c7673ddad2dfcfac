package org.ehashpool.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.ehashpool.cli.interop.OurEnd.Conduct;
import org.ehashpool.cli.interop.OurEnd.Dialling;
import org.ehashpool.cli.interop.OurEnd.Listening;
import org.ehashpool.cli.interop.OurEnd.Serving;
import org.ehashpool.cli.interop.Outcome.Broken;
import org.ehashpool.cli.interop.Outcome.Done;
import org.ehashpool.cli.interop.Outcome.Refused;
import org.ehashpool.cli.interop.Outcome.Side;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.Validity;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.sv2.message.Protocol;
import org.junit.jupiter.api.Test;

final class SocketEndTest {
    private static final long NOW = 1_800_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Validity VALID = Validity.startingAt(NOW, 3_600);
    private static final List<Integer> FRAMES = List.of(0, 1, 65_519, 65_520, 200_000);

    private final SecureRandom random = new SecureRandom();
    private final Secp256k1 curve = CurveSelection.select(random).curve();
    private final SocketEnd end = new SocketEnd(curve, random, InstantSource.fixed(Instant.ofEpochSecond(NOW)));
    private final AuthorityKeyPair authority = AuthorityKeyPair.generate(curve, random);

    @Test
    void shouldCarryEveryFrameWhenBothEndsAreOurs() throws Exception {
        Both both = connect(serving(VALID, Conduct.REGULAR), authority, Protocol.MINING, FRAMES, Conduct.REGULAR);

        assertThat(both.responder()).isEqualTo(new Done(2, FRAMES));
        assertThat(both.initiator()).isEqualTo(new Done(2, FRAMES));
    }

    @Test
    void shouldRefuseWhenAnotherAuthorityIsPinned() throws Exception {
        AuthorityKeyPair stranger = AuthorityKeyPair.generate(curve, random);

        Both both = connect(serving(VALID, Conduct.REGULAR), stranger, Protocol.MINING, FRAMES, Conduct.REGULAR);

        assertRefused(both.initiator(), Side.OURS, "WRONG_AUTHORITY");
        assertRefused(both.responder(), Side.THEIRS, "");
    }

    @Test
    void shouldRefuseWhenTheCertificateHasExpired() throws Exception {
        Serving serving = serving(Validity.startingAt(NOW - 7_200, 3_600), Conduct.REGULAR);

        Both both = connect(serving, authority, Protocol.MINING, FRAMES, Conduct.REGULAR);

        assertRefused(both.initiator(), Side.OURS, "CERTIFICATE_EXPIRED");
        assertRefused(both.responder(), Side.THEIRS, "");
    }

    @Test
    void shouldRefuseWhenTheProtocolIsAnother() throws Exception {
        Both both = connect(
                serving(VALID, Conduct.REGULAR), authority, Protocol.TEMPLATE_DISTRIBUTION, FRAMES, Conduct.REGULAR);

        assertRefused(both.responder(), Side.OURS, "unsupported-protocol");
        assertRefused(both.initiator(), Side.THEIRS, "unsupported-protocol");
    }

    @Test
    void shouldRefuseWhenTheInitiatorSendsGarbage() throws Exception {
        Both both = connect(serving(VALID, Conduct.REGULAR), authority, Protocol.MINING, FRAMES, Conduct.GARBAGE);

        assertRefused(both.responder(), Side.OURS, "DECRYPTION_FAILED");
        assertRefused(both.initiator(), Side.THEIRS, "");
    }

    @Test
    void shouldRefuseWhenTheResponderSendsGarbage() throws Exception {
        Both both = connect(serving(VALID, Conduct.GARBAGE), authority, Protocol.MINING, FRAMES, Conduct.REGULAR);

        assertRefused(both.initiator(), Side.OURS, "DECRYPTION_FAILED");
        assertRefused(both.responder(), Side.THEIRS, "");
    }

    @Test
    void shouldGiveUpWhenTheOtherEndIsSilent() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome outcome = end.dial(new Dialling(
                    new InetSocketAddress(silent.getInetAddress(), silent.getLocalPort()),
                    authority.publicKey(),
                    Protocol.MINING,
                    List.of(),
                    Conduct.REGULAR,
                    Duration.ofMillis(50)));

            assertThat(outcome).isInstanceOf(Broken.class);
        }
    }

    @Test
    void shouldSayWhoClosedWhenTheOtherEndLeavesInTheHandshake() throws Exception {
        try (Listening listening = end.listen(serving(VALID, Conduct.REGULAR))) {
            try (Socket leaving = new Socket()) {
                leaving.connect(listening.address());
                leaving.getOutputStream().write(new byte[63]);
            }

            assertRefused(listening.outcome(PATIENCE), Side.THEIRS, "");
        }
    }

    @Test
    void shouldEndWhenClosedBeforeAnyoneCame() throws Exception {
        Listening listening = end.listen(serving(VALID, Conduct.REGULAR));
        listening.close();

        assertThat(listening.outcome(PATIENCE)).isInstanceOf(Broken.class);
    }

    private Serving serving(Validity validity, Conduct conduct) {
        return new Serving(authority, validity, Protocol.MINING, conduct, PATIENCE);
    }

    private Both connect(
            Serving serving, AuthorityKeyPair pinned, Protocol protocol, List<Integer> frames, Conduct conduct)
            throws IOException, InterruptedException {
        try (Listening listening = end.listen(serving)) {
            Outcome initiator = end.dial(
                    new Dialling(listening.address(), pinned.publicKey(), protocol, frames, conduct, PATIENCE));
            return new Both(initiator, listening.outcome(PATIENCE));
        }
    }

    private static void assertRefused(Outcome outcome, Side by, String reason) {
        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.by()).isEqualTo(by);
            assertThat(refused.reason()).contains(reason);
        });
    }

    private record Both(Outcome initiator, Outcome responder) {}
}
