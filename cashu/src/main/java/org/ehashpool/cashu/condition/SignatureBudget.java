package org.ehashpool.cashu.condition;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.ehashpool.cashu.curve.Curve;
import org.ehashpool.cashu.point.PublicKey;

/**
 * How many signatures may still be checked for one request. A witness does not say which key made which signature, so
 * that a request can ask for the product of both for each of its inputs.
 */
final class SignatureBudget {
    private int rest;

    SignatureBudget(int rest) {
        this.rest = rest;
    }

    /** The budget is spent. */
    static final class SpentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SpentException() {
            super("too many signatures to check", null, false, false);
        }
    }

    /**
     * Whether enough keys of a pathway have signed. NUT-11: "we expect a minimum number of unique public keys with
     * valid signatures instead of expecting a minimum number of signatures".
     *
     * @throws SpentException if that is not known before the budget is spent
     */
    boolean satisfied(Pathway pathway, List<byte[]> signatures, byte[] digest) {
        List<PublicKey> unsigned = new ArrayList<>(pathway.keys());
        int signed = 0;
        for (byte[] signature : signatures) {
            if (signed >= pathway.required()) {
                break;
            }
            for (Iterator<PublicKey> keys = unsigned.iterator(); keys.hasNext(); ) {
                if (verified(keys.next(), digest, signature)) {
                    keys.remove();
                    signed++;
                    break;
                }
            }
        }
        return signed >= pathway.required();
    }

    private boolean verified(PublicKey key, byte[] digest, byte[] signature) {
        if (rest == 0) {
            throw new SpentException();
        }
        rest--;
        return Curve.get().verify(key.x(), digest, signature);
    }
}
