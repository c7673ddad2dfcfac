package org.ehashpool.noise.curve;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECFieldElement;
import org.jspecify.annotations.Nullable;

/**
 * The maps XSwiftEC and its inverse of BIP 324, and the search for an encoding.
 *
 * <p>Names and cases are those of the BIP. The search draws its candidates from a hash exactly as libsecp256k1 does, so
 * that the same inputs give the same encoding there and here.
 *
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0324.mediawiki#elligatorswift-encoding-of-curve-x-coordinates">BIP
 *     324, ElligatorSwift encoding of curve X coordinates</a>
 */
final class EllSwift {
    private static final ECCurve CURVE =
            CustomNamedCurves.getByName("secp256k1").getCurve();
    private static final BigInteger FIELD_SIZE = CURVE.getField().getCharacteristic();

    private static final ECFieldElement ONE = element(BigInteger.ONE);
    private static final ECFieldElement TWO = element(BigInteger.TWO);
    private static final ECFieldElement THREE = element(BigInteger.valueOf(3));
    private static final ECFieldElement SEVEN = element(BigInteger.valueOf(7));
    private static final ECFieldElement HALF = TWO.invert();

    /** c = √-3, the root that is itself a square: ( -3 )^((p+1)/4). */
    private static final ECFieldElement C = squareRootOfMinusThree();

    private static final int CASES_PER_HASH = 64;

    private EllSwift() {}

    /** The field element of 32 big-endian bytes at {@code offset}, reduced modulo the field size. */
    static ECFieldElement element(byte[] bytes, int offset) {
        return element(new BigInteger(1, bytes, offset, Secp256k1.X_ONLY_LENGTH).mod(FIELD_SIZE));
    }

    private static ECFieldElement element(BigInteger value) {
        return CURVE.fromBigInteger(value);
    }

    private static ECFieldElement squareRootOfMinusThree() {
        ECFieldElement root = THREE.negate().sqrt();
        if (root == null) {
            throw new IllegalStateException("-3 is a square in the field of secp256k1");
        }
        return root;
    }

    /** x³ + 7. */
    static ECFieldElement curveEquation(ECFieldElement x) {
        return x.square().multiply(x).add(SEVEN);
    }

    private static boolean isOnCurve(ECFieldElement x) {
        return curveEquation(x).sqrt() != null;
    }

    /** XSwiftEC(u, t): the x coordinate that the pair encodes. */
    static ECFieldElement decode(ECFieldElement encodedU, ECFieldElement encodedT) {
        ECFieldElement u = encodedU.isZero() ? ONE : encodedU;
        ECFieldElement t = encodedT.isZero() ? ONE : encodedT;
        ECFieldElement g = curveEquation(u);
        if (g.add(t.square()).isZero()) {
            t = t.add(t);
        }
        ECFieldElement x = g.subtract(t.square()).divide(t.add(t));
        ECFieldElement y = x.add(t).divide(C.multiply(u));
        ECFieldElement third = u.add(y.square().multiply(TWO).multiply(TWO));
        if (isOnCurve(third)) {
            return third;
        }
        ECFieldElement quotient = x.divide(y);
        ECFieldElement second = quotient.negate().subtract(u).multiply(HALF);
        return isOnCurve(second) ? second : quotient.subtract(u).multiply(HALF);
    }

    /** XSwiftECInv(x, u, case): the t, if there is one, with which XSwiftEC(u, t) = x by this of its eight branches. */
    static @Nullable ECFieldElement inverse(ECFieldElement x, ECFieldElement u, int branch) {
        ECFieldElement v;
        ECFieldElement s;
        if ((branch & 2) == 0) {
            if (isOnCurve(x.negate().subtract(u))) {
                return null;
            }
            v = x;
            ECFieldElement divisor = u.square().add(u.multiply(v)).add(v.square());
            s = curveEquation(u).negate().divide(divisor);
        } else {
            s = x.subtract(u);
            if (s.isZero()) {
                return null;
            }
            ECFieldElement g = curveEquation(u);
            ECFieldElement r = s.negate()
                    .multiply(
                            g.multiply(TWO).multiply(TWO).add(THREE.multiply(s).multiply(u.square())))
                    .sqrt();
            if (r == null || ((branch & 1) != 0 && r.isZero())) {
                return null;
            }
            v = r.divide(s).subtract(u).multiply(HALF);
        }
        ECFieldElement w = s.sqrt();
        if (w == null) {
            return null;
        }
        boolean odd = (branch & 1) != 0;
        ECFieldElement factor = odd ? ONE.add(C) : ONE.subtract(C);
        ECFieldElement t = w.multiply(u.multiply(factor).multiply(HALF).add(v));
        return ((branch & 4) == 0) != odd ? t.negate() : t;
    }

    /**
     * An encoding of the point (x, y): u and the branch are drawn from {@code hash} of {@code seed} and a counter until
     * a t exists; the parity of t tells that of y.
     */
    static byte[] encode(TaggedHash hash, byte[] seed, ECFieldElement x, boolean yIsOdd) {
        byte[] branches = new byte[0];
        int branchesLeft = 0;
        int counter = 0;
        while (true) {
            if (branchesLeft == 0) {
                Arrays.fill(branches, (byte) 0);
                branches = hash.of(seed, littleEndian(counter++));
                branchesLeft = CASES_PER_HASH;
            }
            branchesLeft--;
            int branch = branches[branchesLeft >> 1] >> ((branchesLeft & 1) << 2) & 7;
            byte[] candidate = hash.of(seed, littleEndian(counter++));
            ECFieldElement t = inverse(x, element(candidate, 0), branch);
            if (t != null) {
                byte[] encoding = Arrays.copyOf(candidate, Secp256k1.ENCODING_LENGTH);
                byte[] encodedT = (t.testBitZero() == yIsOdd ? t : t.negate()).getEncoded();
                System.arraycopy(encodedT, 0, encoding, candidate.length, encodedT.length);
                return encoding;
            }
        }
    }

    private static byte[] littleEndian(int counter) {
        return new byte[] {(byte) counter, (byte) (counter >>> 8), (byte) (counter >>> 16), (byte) (counter >>> 24)};
    }
}
