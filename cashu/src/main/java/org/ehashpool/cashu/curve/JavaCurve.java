package org.ehashpool.cashu.curve;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/**
 * The curve in pure Java, on Bouncy Castle's field and point arithmetic, for platforms without the native library.
 *
 * <p><b>Side channels.</b> Scalars are {@link BigInteger}s, whose arithmetic takes a time that depends on their value
 * and whose memory cannot be overwritten: an attacker who can measure very closely, or read this process's memory,
 * learns more than from libsecp256k1. {@link CurveSelection} therefore prefers the native library.
 */
final class JavaCurve implements Curve {
    private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256k1");
    private static final BigInteger ORDER = PARAMETERS.getN();
    private static final BigInteger FIELD_SIZE =
            PARAMETERS.getCurve().getField().getCharacteristic();

    private static final TaggedHash AUXILIARY = new TaggedHash("BIP0340/aux");
    private static final TaggedHash NONCE = new TaggedHash("BIP0340/nonce");
    private static final TaggedHash CHALLENGE = new TaggedHash("BIP0340/challenge");

    @Override
    public String name() {
        return "java";
    }

    @Override
    public boolean isScalar(byte[] scalar) {
        Shapes.scalar(scalar);
        BigInteger value = new BigInteger(1, scalar);
        return value.signum() > 0 && value.compareTo(ORDER) < 0;
    }

    @Override
    public byte @Nullable [] reduce(byte[] bytes) {
        return bytesOrNull(new BigInteger(1, Shapes.scalar(bytes)).mod(ORDER));
    }

    @Override
    public byte @Nullable [] addScalars(byte[] a, byte[] b) {
        return bytesOrNull(scalar(a).add(scalar(b)).mod(ORDER));
    }

    @Override
    public byte[] multiplyScalars(byte[] a, byte[] b) {
        return bytes(scalar(a).multiply(scalar(b)).mod(ORDER));
    }

    @Override
    public byte @Nullable [] decompress(byte[] compressed) {
        Shapes.compressed(compressed);
        if (compressed[0] != 2 && compressed[0] != 3) {
            return null;
        }
        try {
            return PARAMETERS.getCurve().decodePoint(compressed).getEncoded(false);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public boolean isPoint(byte[] point) {
        if (Shapes.point(point)[0] != 4) {
            return false;
        }
        try {
            return PARAMETERS.getCurve().decodePoint(point).isValid();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public byte[] timesGenerator(byte[] secret) {
        return timesGenerator(scalar(secret)).getEncoded(false);
    }

    @Override
    public byte[] times(byte[] point, byte[] secret) {
        return encode(point(point).multiply(scalar(secret)));
    }

    @Override
    public byte[] timesPublic(byte[] point, byte[] scalar) {
        return times(point, scalar);
    }

    @Override
    public byte @Nullable [] add(byte[] a, byte[] b) {
        ECPoint sum = point(a).add(point(b)).normalize();
        return sum.isInfinity() ? null : sum.getEncoded(false);
    }

    @Override
    public byte[] negate(byte[] point) {
        return point(point).negate().getEncoded(false);
    }

    @Override
    public byte[] sign(byte[] secret, byte[] message, byte[] randomness) {
        Shapes.message(message);
        Shapes.randomness(randomness);
        BigInteger scalar = scalar(secret);
        ECPoint publicKey = timesGenerator(scalar);
        BigInteger evenScalar = negateIfOdd(publicKey, scalar);
        byte[] xOnly = publicKey.getAffineXCoord().getEncoded();

        byte[] masked = bytes(evenScalar);
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
        System.arraycopy(bytes(s), 0, signature, r.length, SCALAR_LENGTH);
        return signature;
    }

    @Override
    public boolean verify(byte[] xOnly, byte[] message, byte[] signature) {
        Shapes.xOnly(xOnly);
        Shapes.message(message);
        Shapes.signature(signature);
        byte[] even = new byte[COMPRESSED_LENGTH];
        even[0] = 2;
        System.arraycopy(xOnly, 0, even, 1, xOnly.length);
        byte[] lifted = decompress(even);
        BigInteger s = new BigInteger(1, signature, SCALAR_LENGTH, SCALAR_LENGTH);
        if (lifted == null || s.compareTo(ORDER) >= 0) {
            return false;
        }
        byte[] r = Arrays.copyOf(signature, SCALAR_LENGTH);
        if (new BigInteger(1, r).compareTo(FIELD_SIZE) >= 0) {
            return false;
        }
        BigInteger challenge = new BigInteger(1, CHALLENGE.of(r, xOnly, message)).mod(ORDER);
        ECPoint noncePoint = ECAlgorithms.sumOfTwoMultiplies(
                        PARAMETERS.getG(),
                        s,
                        point(lifted),
                        ORDER.subtract(challenge).mod(ORDER))
                .normalize();
        return !noncePoint.isInfinity()
                && !noncePoint.getAffineYCoord().testBitZero()
                && MessageDigest.isEqual(noncePoint.getAffineXCoord().getEncoded(), r);
    }

    private static BigInteger scalar(byte[] bytes) {
        BigInteger scalar = new BigInteger(1, Shapes.scalar(bytes));
        if (scalar.signum() == 0 || scalar.compareTo(ORDER) >= 0) {
            throw Shapes.notAScalar();
        }
        return scalar;
    }

    private static ECPoint point(byte[] bytes) {
        if (Shapes.point(bytes)[0] != 4) {
            throw Shapes.notAPoint();
        }
        try {
            return PARAMETERS.getCurve().decodePoint(bytes);
        } catch (IllegalArgumentException e) {
            throw Shapes.notAPoint();
        }
    }

    private static byte[] encode(ECPoint point) {
        return ECAlgorithms.cleanPoint(PARAMETERS.getCurve(), point).normalize().getEncoded(false);
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

    private static byte[] bytes(BigInteger scalar) {
        return BigIntegers.asUnsignedByteArray(SCALAR_LENGTH, scalar);
    }

    private static byte @Nullable [] bytesOrNull(BigInteger scalar) {
        return scalar.signum() == 0 ? null : bytes(scalar);
    }
}
