package org.ehashpool.noise.handshake;

import java.security.SecureRandom;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.Certificate;
import org.ehashpool.noise.certificate.Validity;
import org.ehashpool.noise.certificate.XOnlyPublicKey;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;
import org.jspecify.annotations.Nullable;

/** An identity that renews its certificate. Two threads may renew at once: both certificates are good. */
final class Issuing implements ServerIdentity {
    private final AuthorityKeyPair authority;
    private final EllSwiftKeyPair staticKey;
    private final XOnlyPublicKey serverKey;
    private final long validitySeconds;
    private final SecureRandom random;
    private volatile @Nullable Certificate current;

    Issuing(
            Secp256k1 curve,
            AuthorityKeyPair authority,
            EllSwiftKeyPair staticKey,
            long validitySeconds,
            SecureRandom random) {
        if (validitySeconds <= 0) {
            throw new IllegalArgumentException("certificate validity must be positive: " + validitySeconds);
        }
        this.authority = authority;
        this.staticKey = staticKey;
        serverKey = XOnlyPublicKey.of(curve.xOnlyPublicKey(staticKey.secret()));
        this.validitySeconds = validitySeconds;
        this.random = random;
    }

    @Override
    public EllSwiftKeyPair staticKey() {
        return staticKey;
    }

    @Override
    public Certificate certificateAt(long nowEpochSeconds) {
        Certificate certificate = current;
        if (certificate == null || !isFresh(certificate.validity(), nowEpochSeconds)) {
            byte[] randomness = new byte[Secp256k1.RANDOMNESS_LENGTH];
            random.nextBytes(randomness);
            certificate = authority.issue(serverKey, Validity.startingAt(nowEpochSeconds, validitySeconds), randomness);
            current = certificate;
        }
        return certificate;
    }

    /** Also false when the clock was set back to before the certificate. */
    private static boolean isFresh(Validity validity, long now) {
        return now >= validity.from() && now - validity.from() <= (validity.until() - validity.from()) / 2;
    }
}
