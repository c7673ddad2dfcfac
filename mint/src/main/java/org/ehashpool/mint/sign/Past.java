package org.ehashpool.mint.sign;

import java.util.List;
import org.ehashpool.cashu.blind.BlindSignature;

/** What is known of a request's outputs before it is done. */
public sealed interface Past {

    /** None of them is signed. */
    record Nothing() implements Past {}

    /** This very request was done before, with this answer. */
    record Answered(List<BlindSignature> signatures) implements Past {
        public Answered {
            signatures = List.copyOf(signatures);
        }
    }

    /** One of them was signed for another request. */
    record SignedElsewhere() implements Past {}
}
