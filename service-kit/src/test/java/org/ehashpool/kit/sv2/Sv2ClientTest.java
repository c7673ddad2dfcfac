package org.ehashpool.kit.sv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.kit.sv2.Loopback.await;
import static org.ehashpool.kit.sv2.Loopback.mining;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.SetupDeadlines;
import org.ehashpool.kit.sv2.setup.ExtensionPolicy;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.Certificate;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.certificate.Validity;
import org.ehashpool.noise.certificate.XOnlyPublicKey;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.handshake.ServerIdentity;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.message.Common.Reconnect;
import org.ehashpool.sv2.message.Common.SetupConnectionSuccess;
import org.ehashpool.sv2.message.ExtensionsNegotiation.RequestExtensionsError;
import org.ehashpool.sv2.message.ExtensionsNegotiation.RequestExtensionsSuccess;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.type.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client makes of servers, good and bad. */
final class Sv2ClientTest {

    private static final SetupConnectionSuccess SUCCESS = new SetupConnectionSuccess(2, 0);

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    private static Sv2ClientSettings impatient() {
        return Sv2ClientSettings.DEFAULT
                .withDeadlines(
                        Duration.ofSeconds(2),
                        new SetupDeadlines(Duration.ofSeconds(2), Duration.ofMillis(300)),
                        Duration.ofSeconds(10))
                .withExtensionPatience(Duration.ofMillis(150));
    }

    /** For servers that answer, however slow the machine is. */
    private static Sv2ClientSettings patient() {
        return Sv2ClientSettings.DEFAULT
                .withDeadlines(Duration.ofSeconds(10), Loopback.PATIENT, Duration.ofSeconds(25))
                .withExtensionPatience(Duration.ofSeconds(15));
    }

    private ConnectOutcome connect(Sv2Url url, SetupRequest request) {
        return await(loopback.client(patient()).connect(url, request));
    }

    private ConnectOutcome connectImpatiently(Sv2Url url, SetupRequest request) {
        return await(loopback.client(impatient()).connect(url, request));
    }

    // --- setup ---------------------------------------------------------------------------------------------------

    @Test
    void shouldReturnTheServersAnswerWhenSetupIsRefused() {
        Sv2Server server =
                loopback.serve(Loopback.settings(), SetupPolicy.of(0).withSupportedFlags(0b101), Loopback::echo);
        assertThat(connect(loopback.url(server), mining().withFlags(0xffff_ffffL)))
                .isEqualTo(new ConnectOutcome.SetupRefused(0xffff_fffaL, "unsupported-feature-flags"));
        SetupRequest quotes = SetupRequest.of(Protocol.MINT_QUOTE, Loopback.TESTER);
        assertThat(connect(loopback.url(server), quotes))
                .isEqualTo(new ConnectOutcome.SetupRefused(0, "unsupported-protocol"));
    }

    @Test
    void shouldFailWhenServerPicksAVersionThatWasNotOffered() throws IOException {
        try (RawServer server = new RawServer(loopback, peer -> {
            peer.read();
            peer.send(new SetupConnectionSuccess(3, 0));
            peer.drain();
        })) {
            assertThat(connect(server.url(), mining())).isInstanceOfSatisfying(ConnectOutcome.Failed.class, failed -> {
                assertThat(failed.reason()).isEqualTo(CloseReason.UNEXPECTED_MESSAGE);
                assertThat(failed.detail()).contains("version 3");
            });
        }
    }

    @Test
    void shouldGiveUpWhenServerIsSilent() throws IOException {
        try (RawServer server = new RawServer(loopback, RawServer.Peer::drain)) {
            assertThat(connectImpatiently(server.url(), mining()))
                    .isInstanceOfSatisfying(
                            ConnectOutcome.Failed.class,
                            failed -> assertThat(failed.reason()).isEqualTo(CloseReason.SETUP_TIMEOUT));
        }
    }

    @Test
    void shouldGiveUpWhenNothingAnswersTheHandshake() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Sv2Url url = new Sv2Url("127.0.0.1", mute.getLocalPort(), loopback.authority.publicKey());
            assertThat(connectImpatiently(url, mining()))
                    .isInstanceOfSatisfying(ConnectOutcome.Failed.class, failed -> {
                        assertThat(failed.reason()).isEqualTo(CloseReason.SETUP_TIMEOUT);
                        assertThat(failed.detail()).contains("act 2");
                    });
        }
    }

    @Test
    void shouldGiveUpAtTheOverallDeadlineWhenEveryStepHasTime() throws IOException {
        Sv2ClientSettings settings =
                impatient().withDeadlines(Duration.ofSeconds(2), Loopback.PATIENT, Duration.ofMillis(300));
        try (RawServer server = new RawServer(loopback, RawServer.Peer::drain)) {
            ConnectOutcome outcome = await(loopback.client(settings).connect(server.url(), mining()));
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            ConnectOutcome.Failed.class,
                            failed -> assertThat(failed.detail()).contains("not connected within"));
        }
    }

    @Test
    void shouldFailWhenNobodyListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        assertThat(connect(new Sv2Url("127.0.0.1", port, loopback.authority.publicKey()), mining()))
                .isInstanceOfSatisfying(
                        ConnectOutcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(CloseReason.CONNECTION_LOST));
    }

    @Test
    void shouldTryEveryAddressWhenNameHasSeveral() {
        // Where localhost is ::1 too, nobody listens there.
        Sv2Server server = loopback.serveEcho();
        Sv2Url url = new Sv2Url("localhost", server.port(), loopback.authority.publicKey());
        Loopback.connected(connect(url, mining()));
    }

    // --- certificates --------------------------------------------------------------------------------------------

    @Test
    void shouldRefuseWhenAuthorityIsAnother() {
        Sv2Server server = loopback.serveEcho();
        AuthorityKeyPair other = AuthorityKeyPair.generate(Loopback.CURVE, new SecureRandom());
        assertThat(connect(new Sv2Url("127.0.0.1", server.port(), other.publicKey()), mining()))
                .isInstanceOfSatisfying(
                        ConnectOutcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(CloseReason.CERTIFICATE_REFUSED));
    }

    @Test
    void shouldRefuseWhenCertificateIsExpired() throws IOException {
        EllSwiftKeyPair key = EllSwiftKeyPair.generate(Loopback.CURVE, new SecureRandom());
        long now = Instant.now().getEpochSecond();
        Certificate expired = loopback.authority.issue(
                XOnlyPublicKey.of(Loopback.CURVE.xOnlyPublicKey(key.secret())),
                new Validity(now - 100, now - 60),
                new byte[32]);
        try (RawServer server = new RawServer(loopback, ServerIdentity.fixed(key, expired), RawServer.Peer::drain)) {
            assertThat(connect(server.url(), mining())).isInstanceOfSatisfying(ConnectOutcome.Failed.class, failed -> {
                assertThat(failed.reason()).isEqualTo(CloseReason.CERTIFICATE_REFUSED);
                assertThat(failed.detail()).contains("valid until");
            });
        }
    }

    @Test
    void shouldShowTheCertificateUnverifiedWhenAnyKeyWillDo() {
        Sv2Server server = loopback.serveEcho();
        ConnectOutcome outcome = await(loopback.client().connectUnauthenticated("127.0.0.1", server.port(), mining()));
        ConnectionInfo info = Loopback.connected(outcome).info();
        assertThat(info.server().orElseThrow().verified()).isFalse();
        assertThat(info.server().orElseThrow().certificate().validity().until())
                .isGreaterThan(Instant.now().getEpochSecond());
    }

    // --- extensions ----------------------------------------------------------------------------------------------

    @Test
    void shouldGoOnWithWhatIsGrantedWhenSomeExtensionsAreNot() {
        Sv2Server server = loopback.serveEcho();
        Sv2Connection connection =
                Loopback.connected(connect(loopback.url(server), mining().withExtensions(List.of(2, 3))));
        assertThat(connection.info().extensions().toList()).containsExactly(2);
    }

    @Test
    void shouldGoOnWithoutWhenNoneIsGranted() {
        Sv2Server server = loopback.serveEcho();
        Sv2Connection connection =
                Loopback.connected(connect(loopback.url(server), mining().withExtensions(List.of(3))));
        assertThat(connection.info().extensions().isEmpty()).isTrue();
    }

    @Test
    void shouldNotConnectWhenARequiredExtensionIsMissing() {
        Sv2Server server = loopback.serveEcho();
        SetupRequest request = mining().withExtensions(List.of(2, 3)).withRequiredExtensions(List.of(3));
        assertThat(connect(loopback.url(server), request))
                .isEqualTo(new ConnectOutcome.ExtensionsRefused(List.of(3), List.of()));
    }

    @Test
    void shouldLearnWhatServerDemandsWhenItWasNotRequested() {
        Sv2Server server = loopback.serve(
                Loopback.settings(),
                SetupPolicy.of(0).withExtensions(new ExtensionPolicy(Set.of(2, 5), Set.of(5), Set.of())),
                Loopback::echo);
        assertThat(connect(loopback.url(server), mining().withExtensions(List.of(2, 3))))
                .isEqualTo(new ConnectOutcome.ExtensionsRefused(List.of(), List.of(5)));
        Sv2Connection connection =
                Loopback.connected(connect(loopback.url(server), mining().withExtensions(List.of(5))));
        assertThat(connection.info().extensions().toList()).containsExactly(5);
    }

    @Test
    void shouldReconnectTwiceAndGoWithoutWhenServerIgnoresTheRequest() throws IOException {
        try (RawServer server = new RawServer(loopback, peer -> {
            peer.read();
            peer.send(SUCCESS);
            peer.drain();
        })) {
            Sv2Client client = loopback.client(patient().withExtensionPatience(Duration.ofMillis(100)));
            SetupRequest request = mining().withExtensions(List.of(2));
            Sv2Connection connection = Loopback.connected(await(client.connect(server.url(), request)));
            assertThat(connection.info().extensions().isEmpty()).isTrue();
            assertThat(server.connections).hasValue(3);

            // Remembered: this time there is nothing to wait for.
            Loopback.connected(await(client.connect(server.url(), request)));
            assertThat(server.connections).hasValue(4);
        }
    }

    @Test
    void shouldReconnectTwiceAndGoWithoutWhenServerHangsUpOnTheRequest() throws IOException {
        try (RawServer server = new RawServer(loopback, peer -> {
            peer.read();
            peer.send(SUCCESS);
            if (peer.read().extensionType() != 1) {
                peer.drain();
            }
        })) {
            SetupRequest request = mining().withExtensions(List.of(2));
            Loopback.connected(connect(server.url(), request));
            assertThat(server.connections).hasValue(3);
        }
    }

    @Test
    void shouldDeliverWhatCameBeforeTheAnswerWhenServerTalksEarly() throws Exception {
        Reconnect early = new Reconnect(Text.of("early"), 7);
        try (RawServer server = new RawServer(loopback, peer -> {
            peer.read();
            peer.send(SUCCESS);
            peer.read();
            peer.send(early);
            peer.send(new RequestExtensionsSuccess(0, List.of(2)));
            peer.drain();
        })) {
            Sv2Connection connection = Loopback.connected(connect(server.url(), mining().withExtensions(List.of(2))));
            BlockingQueue<Decoded> received = new LinkedBlockingQueue<>();
            connection.messageHandler(received::add);
            assertThat(received.poll(5, TimeUnit.SECONDS).message()).isEqualTo(early);
            assertThat(connection.info().extensions().toList()).containsExactly(2);
        }
    }

    @Test
    void shouldFailWhenAnswerIsToAnotherRequestOrGrantsTooMuch() throws IOException {
        try (RawServer server = new RawServer(loopback, peer -> {
            peer.read();
            peer.send(SUCCESS);
            peer.read();
            peer.send(new RequestExtensionsError(9, List.of(2), List.of()));
            peer.drain();
        })) {
            assertUnexpected(connect(server.url(), mining().withExtensions(List.of(2))), "request 9");
        }
        try (RawServer server = new RawServer(loopback, peer -> {
            peer.read();
            peer.send(SUCCESS);
            peer.read();
            peer.send(new RequestExtensionsSuccess(0, List.of(2, 3)));
            peer.drain();
        })) {
            assertUnexpected(connect(server.url(), mining().withExtensions(List.of(2))), "not requested");
        }
    }

    @Test
    void shouldNegotiateAgainWhenAsked() throws Exception {
        Sv2Server server = loopback.serveEcho();
        Sv2Connection connection =
                Loopback.connected(connect(loopback.url(server), mining().withExtensions(List.of(2))));
        BlockingQueue<ConnectionInfo> changes = new LinkedBlockingQueue<>();
        connection.extensionsHandler(changes::add);
        connection.messageHandler(message -> {});
        connection.renegotiateExtensions();
        assertThat(changes.poll(5, TimeUnit.SECONDS).extensions().isEmpty()).isTrue();
        assertThat(changes.poll(5, TimeUnit.SECONDS).extensions().toList()).containsExactly(2);
    }

    private static void assertUnexpected(ConnectOutcome outcome, String detail) {
        assertThat(outcome).isInstanceOfSatisfying(ConnectOutcome.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(CloseReason.UNEXPECTED_MESSAGE);
            assertThat(failed.detail()).contains(detail);
        });
    }
}
