package org.ehashpool.translator.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.translator.Sv1Client;
import org.ehashpool.translator.TranslatorScenario;
import org.ehashpool.translator.sv1.Sample;
import org.ehashpool.translator.work.MinerIdentity;
import org.ehashpool.translator.work.ShareOutcome;
import org.ehashpool.translator.work.ShareRefusal;
import org.ehashpool.translator.work.Work;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Sv1PortTest {
    private final ScriptedSource source = ScriptedSource.of(Sample.work(Target.DIFFICULTY_ONE));
    private @Nullable TranslatorScenario started;

    private TranslatorScenario translator(Map<String, String> overrides) {
        TranslatorScenario translator = new TranslatorScenario(source, overrides);
        started = translator;
        return translator;
    }

    @AfterEach
    void close() {
        if (started != null) {
            started.close();
        }
    }

    private static Path resource(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(Sv1PortTest.class.getResource(name)).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> tls() {
        return Map.of(
                "TRANSLATOR__SV1__TLS__CERTIFICATE",
                resource("/tls/certificate.pem").toString(),
                "TRANSLATOR__SV1__TLS__KEY",
                resource("/tls/key.pem").toString());
    }

    /** Trusts anybody: the certificate is not what is tested. */
    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Anybody.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Anybody.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static SSLSocket encrypted(int port) throws Exception {
        return (SSLSocket) context().getSocketFactory().createSocket(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    private static SSLContext context() throws NoSuchAlgorithmException, KeyManagementException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, null);
        return context;
    }

    @Test
    void shouldServeTlsAndPlainConnectionsOnOnePort() throws Exception {
        TranslatorScenario translator = translator(tls());
        try (Sv1Client plain = translator.connect().mine("plain");
                Sv1Client secure = Sv1Client.of(encrypted(translator.port())).mine("secure")) {
            assertThat(plain.submit("plain", "1", 1)).contains("\"result\":true");
            assertThat(secure.submit("secure", "1", 2)).contains("\"result\":true");
            assertThat(translator.json("/api/v1/global").getInteger("tls")).isEqualTo(1);
        }
    }

    @Test
    void shouldEndAHandshakeThatStopsHalfWay() throws Exception {
        TranslatorScenario translator =
                translator(with(tls(), Map.of("TRANSLATOR__SV1__LIMITS__UNAUTHORIZED", "500ms")));
        try (Socket half = new Socket(InetAddress.ofLiteral("127.0.0.1"), translator.port())) {
            Sv1Client client = Sv1Client.of(half);
            client.send(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00});

            assertThat(client.isHungUp()).isTrue();
        }
        assertThat(source.places).isEmpty();
    }

    @Test
    void shouldEndAHandshakeThatIsNone() throws Exception {
        TranslatorScenario translator = translator(tls());
        try (Socket bad = new Socket(InetAddress.ofLiteral("127.0.0.1"), translator.port())) {
            Sv1Client client = Sv1Client.of(bad);
            client.send("\u0016{\"id\":1,\"method\":\"mining.subscribe\"}\n".getBytes(StandardCharsets.UTF_8));

            assertThat(client.isHungUp()).isTrue();
        }
        await().untilAsserted(() -> assertThat(translator.get("/metrics").body())
                .contains("ehash_translator_sv1_disconnects_total{reason=\"tls_failed\"} 1.0"));
    }

    private static Map<String, String> with(Map<String, String> one, Map<String, String> other) {
        Map<String, String> both = new HashMap<>(one);
        both.putAll(other);
        return both;
    }

    /** Version 2, PROXY, TCP over IPv4, from 203.0.113.7 port 4000. */
    private static byte[] proxyHeader() {
        return ByteBuffer.allocate(28)
                .put(new byte[] {
                    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a, 0x21, 0x11, 0, 12
                })
                .put(new byte[] {(byte) 203, 0, 113, 7, 127, 0, 0, 1})
                .putShort((short) 4000)
                .putShort((short) 34255)
                .array();
    }

    @Test
    void shouldBelieveATrustedProxyBeforePlainAndTlsAlike() {
        TranslatorScenario translator =
                translator(with(tls(), Map.of("TRANSLATOR__SV1__TRUSTED_PROXIES", "127.0.0.0/8")));
        try (Sv1Client client = translator.connect()) {
            client.send(proxyHeader());
            client.mine("behind");

            assertThat(translator
                            .json("/api/v1/miners")
                            .getJsonArray("miners")
                            .getJsonObject(0)
                            .getString("peer"))
                    .isEqualTo("203.0.113.7:4000");
        }
        try (Sv1Client without = translator.connect()) {
            without.say("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}");

            assertThat(without.isHungUp()).isTrue();
        }
    }

    @Test
    void shouldAskThePoolAndTellTheMinerWhatItSaid() {
        TranslatorScenario translator = translator(Map.of());
        source.judge = share -> switch ((int) share.nonce()) {
            case 1 -> Optional.of(new ShareOutcome.Accepted());
            case 2 -> Optional.of(new ShareOutcome.Refused(ShareRefusal.LOW_DIFFICULTY, "difficulty-too-low"));
            default -> Optional.empty();
        };
        try (Sv1Client client = translator.connect().mine("alice.7")) {
            assertThat(client.submit("alice.7", "1", 1)).isEqualTo("{\"id\":9,\"result\":true,\"error\":null}");
            assertThat(client.submit("alice.7", "1", 2)).contains("[23,\"Low difficulty share\",null]");
            client.sendShare("alice.7", "1", 3);
            await().until(() -> source.places.getFirst().shares.size() == 3);
            translator.onLoop(
                    () -> source.places.getFirst().answer(new ShareOutcome.Unconfirmed("upstream went away")));
            assertThat(client.lineWith("\"id\":9")).contains("[20,\"Unconfirmed: upstream went away\",null]");
            assertThat(source.places.getFirst().who.map(MinerIdentity::worker)).contains("7");
        }
    }

    @Test
    void shouldSendNewWorkToAllMinersInOrder() {
        TranslatorScenario translator = translator(Map.of());
        List<Sv1Client> clients = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            clients.add(translator.connect().mine("farm." + i));
        }
        Work tip = Sample.work(Target.ofDifficulty(100_000));
        translator.onLoop(() -> source.places.forEach(place -> place.miner().work(tip, true)));

        List<String> jobs = clients.stream()
                .map(client -> {
                    assertThat(client.line()).contains("mining.set_difficulty", "[100002]");
                    return client.line();
                })
                .distinct()
                .toList();
        // One line for all, since they were handed the same work.
        assertThat(jobs).singleElement().satisfies(line -> assertThat(line).endsWith(",true]}"));
        clients.forEach(Sv1Client::close);
        await().until(() -> source.places.stream().allMatch(place -> place.left));
    }

    @Test
    void shouldKeepASilentMinerAlive() {
        TranslatorScenario translator = translator(Map.of("TRANSLATOR__SV1__KEEP_ALIVE", "1s"));
        try (Sv1Client client = translator.connect().mine("alice")) {
            assertThat(client.line()).contains("mining.notify", ",false]}");
            translator.onLoop(() -> source.places.getFirst().miner().workLost("upstream went away"));
            assertThat(client.lineWith("mining.set_difficulty")).contains("[1.000015259023]");
        }
    }

    @Test
    void shouldEndAMinerThatSendsNothingForTooLong() {
        TranslatorScenario translator = translator(Map.of("TRANSLATOR__SV1__LIMITS__IDLE", "1s"));
        try (Sv1Client client = translator.connect().mine("alice")) {
            assertThat(client.isHungUp()).isTrue();
        }
        await().untilAsserted(() -> assertThat(translator.get("/metrics").body())
                .contains("ehash_translator_sv1_disconnects_total{reason=\"idle\"} 1.0"));
    }

    @Test
    void shouldTellAMinerThatUpstreamRefuses() {
        TranslatorScenario translator = translator(Map.of());
        try (Sv1Client client = translator.connect().mine("mallory")) {
            translator.onLoop(() -> source.places.getFirst().miner().refused("unknown-user"));

            assertThat(client.line()).contains("client.show_message", "unknown-user");
            assertThat(client.isHungUp()).isTrue();
        }
    }

    @Test
    void shouldAnswerTheLastSharesBeforeItStops() {
        TranslatorScenario translator = translator(Map.of());
        source.judge = share -> Optional.empty();
        try (Sv1Client client = translator.connect().mine("alice")) {
            client.sendShare("alice", "1", 1);
            await().until(() -> source.places.getFirst().shares.size() == 1);

            Future<Void> stopped = translator.drain();
            await().pollDelay(Duration.ofMillis(100)).until(() -> !stopped.isComplete());
            // What comes now is not read, and nobody new is let in.
            client.sendShare("alice", "1", 2);
            translator.onLoop(() -> source.places.getFirst().answer(new ShareOutcome.Accepted()));

            assertThat(client.line()).isEqualTo("{\"id\":9,\"result\":true,\"error\":null}");
            assertThat(client.isHungUp()).isTrue();
            await().until(stopped::isComplete);
            assertThat(source.places.getFirst().shares).hasSize(1);
            assertThat(source.places.getFirst().left).isTrue();
        }
    }

    @Test
    void shouldStopAfterTheGraceEvenIfNobodyAnswers() {
        TranslatorScenario translator = translator(Map.of("TRANSLATOR__SV1__DRAIN", "200ms"));
        source.judge = share -> Optional.empty();
        try (Sv1Client client = translator.connect().mine("alice");
                Sv1Client silent = translator.connect()) {
            client.sendShare("alice", "1", 1);
            await().until(() -> source.places.getFirst().shares.size() == 1);

            Future<Void> stopped = translator.drain();

            assertThat(client.isHungUp()).isTrue();
            assertThat(silent.isHungUp()).isTrue();
            await().until(stopped::isComplete);
        }
    }
}
