package org.ehashpool.noise.handshake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.noise.Vectors.csv;
import static org.ehashpool.noise.Vectors.hex;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.ehashpool.noise.curve.Curves;
import org.ehashpool.noise.curve.Role;
import org.ehashpool.noise.curve.Secp256k1;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of a handshake with fixed keys: as published, and as the specification's steps give them on the JDK alone. */
@ParameterizedClass
@MethodSource("org.ehashpool.noise.curve.Curves#both")
class TranscriptTest {
    @Parameter
    Secp256k1 curve = Curves.JAVA;

    private static byte[] sha256(byte[]... parts) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static byte[] hkdf(byte[] salt, byte[] material) throws Exception {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                        .addSalt(salt)
                        .addIKM(material)
                        .thenExpand(null, 64));
    }

    private static byte[] seal(byte[] key, int nonce, byte[] associatedData, byte[] plaintext) throws Exception {
        byte[] iv = new byte[12];
        iv[4] = (byte) nonce;
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(iv));
        cipher.updateAAD(associatedData);
        return cipher.doFinal(plaintext);
    }

    private static byte[] first(byte[] outputs) {
        return Arrays.copyOf(outputs, 32);
    }

    private static byte[] second(byte[] outputs) {
        return Arrays.copyOfRange(outputs, 32, 64);
    }

    @Test
    void shouldSendTheBytesTheSpecificationDescribes() throws Exception {
        Fixture fixture = new Fixture(curve);
        byte[] initiator = fixture.pair(0x11).encoding();
        byte[] responder = fixture.pair(0x31).encoding();
        byte[] server = fixture.staticKey().encoding();

        byte[] chainingKey = sha256("Noise_NX_Secp256k1+EllSwift_ChaChaPoly_SHA256".getBytes(US_ASCII));
        byte[] hash = sha256(chainingKey);
        hash = sha256(hash, initiator);
        hash = sha256(hash);
        hash = sha256(hash, responder);
        byte[] keys = hkdf(
                chainingKey,
                curve.sharedSecret(fixture.pair(0x11).secret(), initiator, responder, Role.INITIATOR)
                        .<byte[]>apply(byte[]::clone));
        byte[] encryptedStatic = seal(second(keys), 0, hash, server);
        hash = sha256(hash, encryptedStatic);
        keys = hkdf(
                first(keys),
                curve.sharedSecret(fixture.pair(0x11).secret(), initiator, server, Role.INITIATOR)
                        .<byte[]>apply(byte[]::clone));
        byte[] encryptedCertificate = seal(
                second(keys), 0, hash, fixture.certificate(fixture.authority()).bytes());
        hash = sha256(hash, encryptedCertificate);
        byte[] transportKeys = splitKeys(first(keys));

        AwaitingAct2 awaiting = fixture.initiator().start();
        Responder.Response response = fixture.responder().respond(awaiting.act1(), Fixture.NOW);
        Established established = awaiting.finish(response.act2(), Fixture.NOW);

        assertThat(awaiting.act1()).isEqualTo(initiator);
        assertThat(response.act2())
                .isEqualTo(ByteBuffer.allocate(234)
                        .put(responder)
                        .put(encryptedStatic)
                        .put(encryptedCertificate)
                        .array());
        assertThat(established.handshakeHash())
                .isEqualTo(hash)
                .isEqualTo(response.session().handshakeHash());
        byte[] toResponder = encrypt(established);
        byte[] toInitiator = encrypt(response.session());
        assertThat(toResponder).isEqualTo(sealedFrame(first(transportKeys)));
        assertThat(toInitiator).isEqualTo(sealedFrame(second(transportKeys)));

        Map<String, String> published = csv("handshake/fixed-keys.csv").getFirst();
        HexFormat format = HexFormat.of();
        assertThat(List.of(
                        format.formatHex(awaiting.act1()),
                        format.formatHex(response.act2()),
                        format.formatHex(hash),
                        format.formatHex(toResponder),
                        format.formatHex(toInitiator)))
                .isEqualTo(List.copyOf(published.values()));
    }

    /** HKDF(ck, zerolen, 2), by HMAC: the JDK's HKDF wants some input. */
    private static byte[] splitKeys(byte[] chainingKey) throws Exception {
        byte[] temporary = hmac(chainingKey, new byte[0]);
        byte[] one = hmac(temporary, new byte[] {1});
        byte[] two =
                hmac(temporary, ByteBuffer.allocate(33).put(one).put((byte) 2).array());
        return ByteBuffer.allocate(64).put(one).put(two).array();
    }

    private static byte[] hmac(byte[] key, byte[] data) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    private static byte[] encrypt(Established session) throws Exception {
        byte[] frame = hex("000000030000" + "aabbcc");
        byte[] output = new byte[22 + 19];
        session.encryptor().encrypt(frame, 0, frame.length, output, 0);
        return output;
    }

    private static byte[] sealedFrame(byte[] key) throws Exception {
        return ByteBuffer.allocate(22 + 19)
                .put(seal(key, 0, new byte[0], hex("000000030000")))
                .put(seal(key, 1, new byte[0], hex("aabbcc")))
                .array();
    }
}
