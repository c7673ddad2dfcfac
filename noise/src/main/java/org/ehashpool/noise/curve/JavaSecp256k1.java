package org.ehashpool.noise.curve;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.ehashpool.noise.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The curve in pure Java, on Bouncy Castle's field and point arithmetic, for platforms without the native library.
 *
 * <p><b>Side channels.</b> Scalars are {@link BigInteger}s, whose arithmetic takes a time that depends on their value
 * and whose memory cannot be overwritten: an attacker who can measure very closely, or read this process's memory,
 * learns more than from libsecp256k1. {@link CurveSelection} therefore prefers the native library.
 */
final class JavaSecp256k1 implements Secp256k1 {
    private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256k1");
    private static final BigInteger ORDER = PARAMETERS.getN();
    private static final BigInteger FIELD_SIZE =
            PARAMETERS.getCurve().getField().getCharacteristic();
    private static final int COORDINATE_LENGTH = 32;

    private static final TaggedHash SHARED_SECRET = new TaggedHash("bip324_ellswift_xonly_ecdh");
    private static final TaggedHash ENCODE = new TaggedHash("secp256k1_ellswift_encode");
    private static final TaggedHash CREATE = new TaggedHash("secp256k1_ellswift_create");
    private static final TaggedHash AUXILIARY = new TaggedHash("BIP0340/aux");
    private static final TaggedHash NONCE = new TaggedHash("BIP0340/nonce");
    private static final TaggedHash CHALLENGE = new TaggedHash("BIP0340/challenge");

    @Override
    public String name() {
        return "java";
    }

    @Override
    public boolean isSecretKey(Secret secret) {
        return secret.length() == SECRET_LENGTH && isScalar(secret.apply(bytes -> new BigInteger(1, bytes)));
    }

    private static boolean isScalar(BigInteger value) {
        return value.signum() > 0 && value.compareTo(ORDER) < 0;
    }

    @Override
    public boolean isXOnlyPublicKey(byte[] xOnly) {
        Lengths.check(xOnly, X_ONLY_LENGTH, "an x-only public key");
        return liftX(xOnly) != null;
    }

    @Override
    public byte[] xOnlyPublicKey(Secret secret) {
        return timesGenerator(scalar(secret)).getAffineXCoord().getEncoded();
    }

    @Override
    public byte[] createEncoding(Secret secret, byte[] randomness) {
        Lengths.check(randomness, RANDOMNESS_LENGTH, "randomness");
        ECPoint point = timesGenerator(scalar(secret));
        byte[] seed = new byte[3 * COORDINATE_LENGTH];
        secret.apply(bytes -> {
            System.arraycopy(bytes, 0, seed, 0, COORDINATE_LENGTH);
            return null;
        });
        System.arraycopy(randomness, 0, seed, 2 * COORDINATE_LENGTH, COORDINATE_LENGTH);
        try {
            return EllSwift.encode(
                    CREATE,
                    seed,
                    point.getAffineXCoord(),
                    point.getAffineYCoord().testBitZero());
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    @Override
    public byte[] encode(byte[] xOnly, byte[] randomness) {
        Lengths.check(xOnly, X_ONLY_LENGTH, "an x-only public key");
        Lengths.check(randomness, RANDOMNESS_LENGTH, "randomness");
        if (liftX(xOnly) == null) {
            throw Lengths.notOnCurve();
        }
        // The compressed point with even y in a 64-byte field, then the randomness.
        byte[] seed = new byte[3 * COORDINATE_LENGTH];
        seed[0] = 2;
        System.arraycopy(xOnly, 0, seed, 1, COORDINATE_LENGTH);
        System.arraycopy(randomness, 0, seed, 2 * COORDINATE_LENGTH, COORDINATE_LENGTH);
        return EllSwift.encode(ENCODE, seed, EllSwift.element(xOnly, 0), false);
    }

    @Override
    public byte[] decode(byte[] encoding) {
        Lengths.check(encoding, ENCODING_LENGTH, "an ElligatorSwift encoding");
        return decodeElement(encoding).getEncoded();
    }

    private static ECFieldElement decodeElement(byte[] encoding) {
        return EllSwift.decode(EllSwift.element(encoding, 0), EllSwift.element(encoding, COORDINATE_LENGTH));
    }

    @Override
    public Secret sharedSecret(Secret secret, byte[] initiatorEncoding, byte[] responderEncoding, Role ourRole) {
        Lengths.check(initiatorEncoding, ENCODING_LENGTH, "the initiator's encoding");
        Lengths.check(responderEncoding, ENCODING_LENGTH, "the responder's encoding");
        BigInteger scalar = scalar(secret);
        byte[] theirs =
                switch (ourRole) {
                    case INITIATOR -> responderEncoding;
                    case RESPONDER -> initiatorEncoding;
                };
        ECPoint point = liftX(decodeElement(theirs));
        if (point == null) {
            throw new IllegalStateException("every encoding decodes to a point of the curve");
        }
        byte[] shared = ECAlgorithms.cleanPoint(point.getCurve(), point.multiply(scalar))
                .normalize()
                .getAffineXCoord()
                .getEncoded();
        try {
            return Secret.owning(SHARED_SECRET.of(initiatorEncoding, responderEncoding, shared));
        } finally {
            Arrays.fill(shared, (byte) 0);
        }
    }

    @Override
    public byte[] sign(Secret secret, byte[] message, byte[] randomness) {
        Lengths.check(randomness, RANDOMNESS_LENGTH, "randomness");
        BigInteger scalar = scalar(secret);
        ECPoint publicKey = timesGenerator(scalar);
        BigInteger evenScalar = negateIfOdd(publicKey, scalar);
        byte[] xOnly = publicKey.getAffineXCoord().getEncoded();

        byte[] masked = BigIntegers.asUnsignedByteArray(SECRET_LENGTH, evenScalar);
        byte[] mask = AUXILIARY.of(randomness);
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= mask[i];
        }
        byte[] nonceHash = NONCE.of(masked, xOnly, message);
        Arrays.fill(masked, (byte) 0);
        BigInteger nonce = new BigInteger(1, nonceHash).mod(ORDER);
        Arrays.fill(nonceHash, (byte) 0);
        if (nonce.signum() == 0) {
            throw new IllegalStateException("the nonce is zero, which no input is known to give");
        }

        ECPoint noncePoint = timesGenerator(nonce);
        byte[] r = noncePoint.getAffineXCoord().getEncoded();
        BigInteger challenge = new BigInteger(1, CHALLENGE.of(r, xOnly, message)).mod(ORDER);
        BigInteger s = negateIfOdd(noncePoint, nonce)
                .add(challenge.multiply(evenScalar))
                .mod(ORDER);
        byte[] signature = Arrays.copyOf(r, SIGNATURE_LENGTH);
        System.arraycopy(BigIntegers.asUnsignedByteArray(SECRET_LENGTH, s), 0, signature, r.length, SECRET_LENGTH);
        return signature;
    }

    @Override
    public boolean verify(byte[] xOnly, byte[] message, byte[] signature) {
        Lengths.check(xOnly, X_ONLY_LENGTH, "an x-only public key");
        Lengths.check(signature, SIGNATURE_LENGTH, "a signature");
        ECPoint publicKey = liftX(xOnly);
        BigInteger s = new BigInteger(1, signature, COORDINATE_LENGTH, COORDINATE_LENGTH);
        if (publicKey == null || s.compareTo(ORDER) >= 0) {
            return false;
        }
        byte[] r = Arrays.copyOf(signature, COORDINATE_LENGTH);
        BigInteger challenge = new BigInteger(1, CHALLENGE.of(r, xOnly, message)).mod(ORDER);
        ECPoint noncePoint = ECAlgorithms.sumOfTwoMultiplies(
                        PARAMETERS.getG(),
                        s,
                        publicKey,
                        ORDER.subtract(challenge).mod(ORDER))
                .normalize();
        return !noncePoint.isInfinity()
                && !noncePoint.getAffineYCoord().testBitZero()
                && Arrays.equals(noncePoint.getAffineXCoord().getEncoded(), r);
    }

    private static BigInteger scalar(Secret secret) {
        Lengths.checkSecret(secret);
        BigInteger scalar = secret.apply(bytes -> new BigInteger(1, bytes));
        if (!isScalar(scalar)) {
            throw Lengths.notASecretKey();
        }
        return scalar;
    }

    /** A fixed number of steps with table look-ups that do not depend on the scalar. */
    private static ECPoint timesGenerator(BigInteger scalar) {
        return new FixedPointCombMultiplier()
                .multiply(PARAMETERS.getG(), scalar)
                .normalize();
    }

    private static BigInteger negateIfOdd(ECPoint point, BigInteger scalar) {
        return point.getAffineYCoord().testBitZero() ? ORDER.subtract(scalar) : scalar;
    }

    /** lift_x of BIP 340: the point with this x and even y, or null if x is too large or on no point. */
    private static @Nullable ECPoint liftX(byte[] xOnly) {
        BigInteger x = new BigInteger(1, xOnly);
        return x.compareTo(FIELD_SIZE) < 0 ? liftX(PARAMETERS.getCurve().fromBigInteger(x)) : null;
    }

    private static @Nullable ECPoint liftX(ECFieldElement x) {
        ECFieldElement y = EllSwift.curveEquation(x).sqrt();
        if (y == null) {
            return null;
        }
        ECFieldElement even = y.testBitZero() ? y.negate() : y;
        return PARAMETERS.getCurve().createPoint(x.toBigInteger(), even.toBigInteger());
    }
}
