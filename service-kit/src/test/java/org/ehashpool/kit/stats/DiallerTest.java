package org.ehashpool.kit.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class DiallerTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path directory;

    @Test
    void shouldTalkToAServerWhoseCertificateLeadsToOneItTrusts() throws Exception {
        KeyStore keys = certificate("trusted", "dns:localhost");
        try (SSLServerSocket server = listen(keys);
                Socket socket = dialler(server, "localhost", pem(keys)).dial()) {
            socket.getOutputStream().write(7);
            assertThat(socket.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void shouldRefuseACertificateThatLeadsToNoneItTrusts() throws Exception {
        try (SSLServerSocket server = listen(certificate("own", "dns:localhost"))) {
            Dialler dialler = dialler(server, "localhost", pem(certificate("other", "dns:localhost")));
            assertThatThrownBy(dialler::dial).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void shouldRefuseACertificateOfAnotherHost() throws Exception {
        KeyStore keys = certificate("elsewhere", "dns:stats.example");
        try (SSLServerSocket server = listen(keys)) {
            Dialler dialler = dialler(server, "localhost", pem(keys));
            assertThatThrownBy(dialler::dial).isInstanceOf(SSLException.class);
        }
    }

    private static Dialler dialler(SSLServerSocket server, String host, Path trust) {
        return new Dialler(URI.create("tls://" + host + ":" + server.getLocalPort()), Optional.of(trust));
    }

    /** Says every byte back. */
    private static SSLServerSocket listen(KeyStore keys) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getByName("localhost"));
        Thread.ofVirtual().start(() -> {
            try (Socket connection = server.accept()) {
                connection.getInputStream().transferTo(connection.getOutputStream());
            } catch (IOException e) {
                // The client turned away, as it should in most of these tests.
                assertThat(e).isNotNull();
            }
        });
        return server;
    }

    private KeyStore certificate(String name, String alternative) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        name,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + alternative,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD)))
                .redirectErrorStream(true)
                .start();
        String output;
        try (InputStream said = keytool.getInputStream()) {
            output = new String(said.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(keytool.waitFor()).as(output).isZero();
        try (InputStream input = Files.newInputStream(file)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(input, PASSWORD);
            return keys;
        }
    }

    private Path pem(KeyStore keys) throws Exception {
        String alias = keys.aliases().nextElement();
        String encoded = Base64.getMimeEncoder()
                .encodeToString(keys.getCertificate(alias).getEncoded());
        return Files.writeString(
                directory.resolve(alias + ".pem"),
                "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
    }
}
