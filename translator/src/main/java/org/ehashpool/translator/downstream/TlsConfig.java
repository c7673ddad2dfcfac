package org.ehashpool.translator.downstream;

import java.nio.file.Path;
import org.ehashpool.kit.config.Description;

/** What TLS needs. The same port takes plain connections as well. */
public record TlsConfig(
        @Description("The certificate and its chain, PEM.") Path certificate,

        @Description("The certificate's private key, PKCS #8 in PEM, without a password.")
        Path key) {}
