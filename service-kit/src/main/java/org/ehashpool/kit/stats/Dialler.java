package org.ehashpool.kit.stats;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Connects to the statistics service, with TLS where the address says so. */
final class Dialler {
    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(5);

    /** Acknowledgements come at least with every heartbeat. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final URI url;
    private final Optional<Path> trust;

    Dialler(URI url, Optional<Path> trust) {
        this.url = url;
        this.trust = trust;
    }

    String address() {
        return url.getHost() + ":" + url.getPort();
    }

    Socket dial() throws IOException, GeneralSecurityException {
        Socket socket = new Socket();
        try {
            String host = url.getHost().startsWith("[")
                    ? url.getHost().substring(1, url.getHost().length() - 1)
                    : url.getHost();
            socket.connect(new InetSocketAddress(host, url.getPort()), (int) CONNECT_DEADLINE.toMillis());
            socket.setSoTimeout((int) SILENCE.toMillis());
            socket.setTcpNoDelay(true);
            return url.getScheme().equals("tls") ? secured(socket, host) : socket;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private Socket secured(Socket socket, String host) throws IOException, GeneralSecurityException {
        SSLSocket secured = (SSLSocket) context().getSocketFactory().createSocket(socket, host, url.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3"});
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** Read at every attempt: a certificate that was renewed is found without a restart. */
    private SSLContext context() throws IOException, GeneralSecurityException {
        if (trust.isEmpty()) {
            return SSLContext.getDefault();
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(trust.get())) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("trusted-" + number++, certificate);
            }
        }
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trusted.getTrustManagers(), null);
        return context;
    }
}
