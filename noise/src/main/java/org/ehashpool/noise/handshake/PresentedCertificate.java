package org.ehashpool.noise.handshake;

import org.ehashpool.noise.certificate.Certificate;
import org.ehashpool.noise.certificate.XOnlyPublicKey;

/**
 * What the server presented to an initiator.
 *
 * @param certificate as received
 * @param serverKey the x coordinate of its static key, which it proved to hold
 * @param verified whether the pinned authority signed the certificate for that key and it is valid now; false for an
 *     initiator that chose not to check
 */
public record PresentedCertificate(Certificate certificate, XOnlyPublicKey serverKey, boolean verified) {}
