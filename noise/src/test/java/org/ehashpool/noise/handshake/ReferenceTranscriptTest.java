package org.ehashpool.noise.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.Secret;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.AuthorityPublicKey;
import org.ehashpool.noise.certificate.Certificate;
import org.ehashpool.noise.certificate.CertificateVerifier;
import org.ehashpool.noise.certificate.Validity;
import org.ehashpool.noise.certificate.XOnlyPublicKey;
import org.ehashpool.noise.curve.Curves;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.noise.transport.FrameDecryptor;
import org.ehashpool.noise.transport.FrameEncryptor;
import org.ehashpool.noise.transport.FrameLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the sessions of vectors/noise_sv2 byte for byte, with the reference implementation's keys. */
final class ReferenceTranscriptTest {
    static Stream<Replay> replays() throws IOException {
        try (InputStream file =
                ReferenceTranscriptTest.class.getResourceAsStream("/vectors/noise_sv2/transcript.json")) {
            JsonNode sessions =
                    new ObjectMapper().readTree(Objects.requireNonNull(file)).path("sessions");
            assertThat(sessions).hasSize(3);
            return Curves.both().stream()
                    .flatMap(curve -> sessions.valueStream().map(json -> new Replay(curve, json)));
        }
    }

    @ParameterizedTest
    @MethodSource("replays")
    void shouldReadAndWriteTheSameTextWhenKeysAreTheReferences(Replay replay) {
        try (AuthorityKeyPair authority = replay.authority()) {
            assertThat(authority.exportSecret()).isEqualTo(replay.text("/authority/secret_base58check"));
            assertThat(authority.publicKey()).hasToString(replay.text("/authority/public_base58check"));
            assertThat(authority.publicKey().key().bytes()).isEqualTo(replay.bytes("/authority/public"));
            assertThat(AuthorityPublicKey.parse(replay.text("/authority/public_base58check"), replay.curve()))
                    .isEqualTo(authority.publicKey());
        }
    }

    @ParameterizedTest
    @MethodSource("replays")
    void shouldIssueTheSameCertificateWhenRandomnessIsTheReferences(Replay replay) {
        assertThat(replay.issued().bytes()).isEqualTo(replay.bytes("/certificate/signature_noise_message"));
    }

    @ParameterizedTest
    @MethodSource("replays")
    void shouldSendTheSameActsWhenKeysAreTheReferences(Replay replay) throws NoiseException {
        try (AwaitingAct2 initiator = replay.initiator().start();
                Established session = replay.responder()
                        .respond(initiator.act1(), replay.now())
                        .session()) {
            assertThat(initiator.act1()).isEqualTo(replay.bytes("/act_1"));
            assertThat(session.handshakeHash()).isEqualTo(replay.bytes("/recomputed/handshake_hash"));
        }
        assertThat(replay.responder()
                        .respond(replay.bytes("/act_1"), replay.now())
                        .act2())
                .isEqualTo(replay.bytes("/act_2"));
    }

    @ParameterizedTest
    @MethodSource("replays")
    void shouldAcceptTheReferencesServerWhenItsAuthorityIsPinned(Replay replay) throws NoiseException {
        try (AwaitingAct2 initiator = replay.initiator().start();
                Established session = initiator.finish(replay.bytes("/act_2"), replay.now())) {
            PresentedCertificate server = session.server().orElseThrow();
            assertThat(server.verified()).isTrue();
            assertThat(server.serverKey().bytes()).isEqualTo(replay.bytes("/responder_static/x"));
            assertThat(server.certificate().validity()).isEqualTo(replay.validity());
            assertThat(session.handshakeHash()).isEqualTo(replay.bytes("/recomputed/handshake_hash"));
        }
    }

    @ParameterizedTest
    @MethodSource("replays")
    void shouldSendAndReceiveTheSameFramesWhenKeysAreTheReferences(Replay replay) throws Exception {
        try (AwaitingAct2 awaiting = replay.initiator().start();
                Established initiator = awaiting.finish(replay.bytes("/act_2"), replay.now());
                Established responder = replay.responder()
                        .respond(replay.bytes("/act_1"), replay.now())
                        .session()) {
            exchange(initiator.encryptor(), responder.decryptor(), replay.frames("initiator_to_responder"));
            exchange(responder.encryptor(), initiator.decryptor(), replay.frames("responder_to_initiator"));
        }
    }

    private static void exchange(FrameEncryptor encryptor, FrameDecryptor decryptor, List<JsonNode> frames)
            throws Exception {
        assertThat(frames)
                .extracting(frame -> frame.path("payload_size").asInt())
                .contains(0, 1, 65_519, 65_520, 200_000);
        for (JsonNode frame : frames) {
            byte[] plaintext = plaintext(frame.path("payload_size").asInt());
            byte[] ciphertext =
                    new byte[FrameLayout.encryptedFrameLength(plaintext.length - FrameLayout.HEADER_LENGTH)];
            assertThat(encryptor.encrypt(plaintext, 0, plaintext.length, ciphertext, 0))
                    .isEqualTo(frame.path("ciphertext_size").asInt());
            assertThat(MessageDigest.getInstance("SHA-256").digest(ciphertext))
                    .isEqualTo(hex(frame, "ciphertext_sha256"));
            if (frame.has("ciphertext")) {
                assertThat(ciphertext).isEqualTo(hex(frame, "ciphertext"));
            } else {
                assertThat(ciphertext)
                        .startsWith(hex(frame, "ciphertext_start"))
                        .endsWith(hex(frame, "ciphertext_end"));
            }
            assertThat(decrypt(decryptor, ciphertext)).isEqualTo(plaintext);
        }
    }

    /** Extension type 0x7001, message type 0x01; byte i of a payload of n bytes is (31 i + n) mod 256. */
    private static byte[] plaintext(int size) {
        byte[] frame = new byte[FrameLayout.HEADER_LENGTH + size];
        byte[] header = {0x01, 0x70, 0x01, (byte) size, (byte) (size >> 8), (byte) (size >> 16)};
        System.arraycopy(header, 0, frame, 0, header.length);
        for (int i = 0; i < size; i++) {
            frame[header.length + i] = (byte) (31 * i + size);
        }
        return frame;
    }

    private static byte[] decrypt(FrameDecryptor decryptor, byte[] ciphertext) throws NoiseException {
        byte[] header = new byte[FrameLayout.HEADER_LENGTH];
        int size = decryptor.decryptHeader(ciphertext, 0, header, 0);
        byte[] frame = Arrays.copyOf(header, header.length + size);
        if (size > 0) {
            byte[] payload = Arrays.copyOfRange(ciphertext, FrameLayout.ENCRYPTED_HEADER_LENGTH, ciphertext.length);
            System.arraycopy(payload, 0, frame, header.length, decryptor.decryptPayload(payload, 0));
        }
        return frame;
    }

    private static byte[] hex(JsonNode node, String field) {
        return HexFormat.of().parseHex(node.path(field).asText());
    }

    record Replay(Secp256k1 curve, JsonNode session) {
        String text(String pointer) {
            return session.at(pointer).asText();
        }

        byte[] bytes(String pointer) {
            byte[] bytes = HexFormat.of().parseHex(text(pointer));
            assertThat(bytes).as(pointer).isNotEmpty();
            return bytes;
        }

        long now() {
            return validity().from();
        }

        Validity validity() {
            return new Validity(
                    session.at("/certificate/valid_from").asLong(),
                    session.at("/certificate/not_valid_after").asLong());
        }

        List<JsonNode> frames(String direction) {
            return session.path("frames").path(direction).valueStream().toList();
        }

        AuthorityKeyPair authority() {
            return AuthorityKeyPair.parseSecret(text("/authority/secret_base58check"), curve);
        }

        Certificate issued() {
            try (AuthorityKeyPair authority = authority()) {
                return authority.issue(
                        XOnlyPublicKey.of(bytes("/responder_static/x")),
                        validity(),
                        bytes("/certificate/signature_randomness"));
            }
        }

        Initiator initiator() {
            return new Initiator(
                    curve,
                    () -> pair("/initiator_ephemeral"),
                    new ServerAuthentication.Pinned(new CertificateVerifier(
                            AuthorityPublicKey.parse(text("/authority/public_base58check"), curve), 0, curve)));
        }

        Responder responder() {
            return new Responder(
                    curve,
                    () -> pair("/responder_ephemeral"),
                    ServerIdentity.fixed(pair("/responder_static"), issued()));
        }

        private EllSwiftKeyPair pair(String pointer) {
            return EllSwiftKeyPair.of(curve, Secret.owning(bytes(pointer + "/secret")), bytes(pointer + "/ellswift"));
        }

        @Override
        public String toString() {
            return text("/name") + " session, " + curve.name() + " curve";
        }
    }
}
