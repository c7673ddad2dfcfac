package org.ehashpool.poolstats.earnings;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Sends lookups to one mint. An answer is read up to a limit and for a limited time, redirections are not followed, and
 * nothing is sent twice.
 */
final class MintConnection implements AutoCloseable {
    /** Five hundred quotes, and room to spare. */
    static final int LONGEST_ANSWER = 1 << 20;

    private final String mint;
    private final URI address;
    private final HttpClient http;

    /**
     * To a mint that is not yet asked.
     *
     * @throws IOException if the certificates to be trusted cannot be read
     */
    MintConnection(MintConfig config, Duration connectTimeout) throws IOException {
        this.mint = config.text();
        this.address = URI.create(mint + "/v1/mint/quote/" + MintLookups.METHOD + "/pubkey");
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout);
        if (config.trust().isPresent()) {
            builder.sslContext(trusting(config.trust().get()));
        }
        this.http = builder.build();
    }

    /** Its URL. */
    String mint() {
        return mint;
    }

    /**
     * Blocks until the whole answer is there.
     *
     * @param deadline from the request to the last byte of the answer
     * @throws IOException if it is not there by then, or too long
     */
    HttpResponse<byte[]> post(String body, Duration deadline) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + deadline.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static SSLContext trusting(Path file) throws IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("trusted-" + number++, certificate);
            }
            if (number == 0) {
                throw new IOException("no certificate in " + file);
            }
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("no certificates in PEM in " + file, e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
