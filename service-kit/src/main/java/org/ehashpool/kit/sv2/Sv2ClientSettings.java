package org.ehashpool.kit.sv2;

import java.time.Duration;
import org.ehashpool.kit.sv2.link.LinkSettings;
import org.ehashpool.kit.sv2.link.SetupDeadlines;
import org.ehashpool.noise.certificate.CertificateVerifier;

/**
 * How a client connects.
 *
 * @param connectTimeout of one TCP connection
 * @param deadlines of one connection's setup
 * @param deadline of it all: name, every address, every attempt
 * @param extensionPatience the shortest wait for an answer to RequestExtensions
 * @param silenceRemembered how long a server that did not answer RequestExtensions is not asked again
 * @param clockSkewSeconds how far the server's clock may be off when its certificate is checked
 * @param link what an established connection may cost
 */
public record Sv2ClientSettings(
        Duration connectTimeout,
        SetupDeadlines deadlines,
        Duration deadline,
        Duration extensionPatience,
        Duration silenceRemembered,
        int clockSkewSeconds,
        LinkSettings link) {

    public static final Sv2ClientSettings DEFAULT = new Sv2ClientSettings(
            Duration.ofSeconds(5),
            SetupDeadlines.DEFAULT,
            Duration.ofSeconds(30),
            Duration.ofMillis(250),
            Duration.ofHours(1),
            CertificateVerifier.DEFAULT_CLOCK_SKEW_SECONDS,
            LinkSettings.DEFAULT);

    /** The same with other limits of a connection. */
    public Sv2ClientSettings withLink(LinkSettings limits) {
        return new Sv2ClientSettings(
                connectTimeout, deadlines, deadline, extensionPatience, silenceRemembered, clockSkewSeconds, limits);
    }

    /** The same with other deadlines. */
    public Sv2ClientSettings withDeadlines(Duration connect, SetupDeadlines setup, Duration total) {
        return new Sv2ClientSettings(
                connect, setup, total, extensionPatience, silenceRemembered, clockSkewSeconds, link);
    }

    /** The same with another wait for extensions. */
    public Sv2ClientSettings withExtensionPatience(Duration patience) {
        return new Sv2ClientSettings(
                connectTimeout, deadlines, deadline, patience, silenceRemembered, clockSkewSeconds, link);
    }
}
