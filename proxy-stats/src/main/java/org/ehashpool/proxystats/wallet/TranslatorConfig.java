package org.ehashpool.proxystats.wallet;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Secret;

/** The translator whose wallet it is. */
public record TranslatorConfig(
        @Description("Its HTTP port: http://127.0.0.1:9109, or https:// beyond this machine.")
        URI api,

        @Description("Its http.token.") Secret token,

        @Description("Certificates in PEM that the translator's own must lead to; the system's without it.")
        Optional<Path> trust) {

    /** With an address that its token may be sent to. */
    public TranslatorConfig {
        String scheme = String.valueOf(api.getScheme());
        if (!Set.of("http", "https").contains(scheme)
                || api.getHost() == null
                || api.getRawUserInfo() != null
                || api.getRawQuery() != null
                || api.getRawFragment() != null) {
            throw new IllegalArgumentException("a URL like http://127.0.0.1:9109");
        }
        if (scheme.equals("http") && !isLoopback(api.getHost())) {
            throw new IllegalArgumentException("an https:// url: without TLS who listens has the token, and the ecash");
        }
    }

    /** Without a slash at its end. */
    String base() {
        return api.toString().replaceAll("/+$", "");
    }

    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
