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
    /**
     * How long before its issue a certificate becomes valid: an initiator whose clock is behind ours by less than this
     * accepts it all the same. Seconds of drift are the most common reason for handshakes to fail.
     */
    static final long BACKDATING_SECONDS = 600;

    private final AuthorityKeyPair authority;
    private final EllSwiftKeyPair staticKey;
    private final XOnlyPublicKey serverKey;
    private final long validitySeconds;
    private final SecureRandom random;
    private volatile @Nullable Issue current;

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
        Issue issue = current;
        if (issue == null || !issue.isFresh(nowEpochSeconds)) {
            byte[] randomness = new byte[Secp256k1.RANDOMNESS_LENGTH];
            random.nextBytes(randomness);
            Validity validity = new Validity(
                    Math.max(0, nowEpochSeconds - BACKDATING_SECONDS),
                    Validity.startingAt(nowEpochSeconds, validitySeconds).until());
            issue = new Issue(
                    authority.issue(serverKey, validity, randomness),
                    nowEpochSeconds,
                    nowEpochSeconds + validitySeconds / 2);
            current = issue;
        }
        return issue.certificate();
    }

    private record Issue(Certificate certificate, long issuedAt, long renewAfter) {
        /** Also false when the clock was set back to before the issue. */
        boolean isFresh(long now) {
            return now >= issuedAt && now <= renewAfter;
        }
    }
}
