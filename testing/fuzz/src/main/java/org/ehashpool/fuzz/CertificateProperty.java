package org.ehashpool.fuzz;

import java.util.Arrays;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.Certificate;
import org.ehashpool.noise.certificate.CertificateVerifier;
import org.ehashpool.noise.certificate.Validity;

/**
 * Certificates: 74 bytes are one and stay as they are, and none is accepted but what the authority signed, in its time.
 *
 * <p>Input: the time and a byte; if that is even, a certificate, otherwise the bounds of one that the authority issues.
 */
final class CertificateProperty implements Property {
    /** Not the authority of the handshakes: the fuzzer sees what this one signs, and presents it elsewhere. */
    private static final AuthorityKeyPair ISSUER = AuthorityKeyPair.of(Parties.CURVE, Parties.secret(6));

    private static final CertificateVerifier VERIFIER_OF_ISSUED =
            new CertificateVerifier(ISSUER.publicKey(), Parties.SKEW_SECONDS, Parties.CURVE);

    @Override
    public void check(byte[] input) {
        FuzzInput in = new FuzzInput(input);
        long now = in.u32();
        if ((in.u8() & 1) == 0) {
            checkArbitrary(in.rest(), now);
        } else {
            checkIssued(new Validity(in.u32(), in.u32()), now, in);
        }
    }

    private static void checkArbitrary(byte[] bytes, long now) {
        Certificate certificate;
        try {
            certificate = Certificate.parse(bytes);
        } catch (IllegalArgumentException e) {
            Property.require(bytes.length != Certificate.LENGTH, () -> "74 bytes refused: " + e.getMessage());
            return;
        }
        Property.require(Arrays.equals(certificate.bytes(), bytes), () -> certificate + " is written differently");
        Property.require(
                Certificate.parse(certificate.bytes()).equals(certificate), () -> certificate + " is not itself");
        // Only the authority can make one that verifies, and it made this one.
        Property.require(
                !isAccepted(Parties.VERIFIER, certificate, now) || certificate.equals(Parties.CERTIFICATE),
                () -> "forged: " + certificate);
    }

    private static void checkIssued(Validity validity, long now, FuzzInput in) {
        Certificate issued = ISSUER.issue(Parties.SERVER_KEY, validity, in.take(32));
        boolean expected =
                now >= validity.from() - Parties.SKEW_SECONDS && now <= validity.until() + Parties.SKEW_SECONDS;
        Property.require(
                isAccepted(VERIFIER_OF_ISSUED, issued, now) == expected,
                () -> issued + " at " + now + ", accepted: " + !expected);
        byte[] mutated = issued.bytes();
        if (in.mutate(mutated)) {
            Property.require(
                    !isAccepted(VERIFIER_OF_ISSUED, Certificate.parse(mutated), now),
                    () -> "accepted after a change: " + issued);
        }
    }

    private static boolean isAccepted(CertificateVerifier verifier, Certificate certificate, long now) {
        try {
            verifier.verify(certificate, Parties.SERVER_KEY, now);
            return true;
        } catch (NoiseException e) {
            Property.require(e.getStackTrace().length == 0, () -> "a violation with a stack trace");
            return false;
        }
    }
}
