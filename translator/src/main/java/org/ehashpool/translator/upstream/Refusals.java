package org.ehashpool.translator.upstream;

import org.ehashpool.mining.share.ShareError;
import org.ehashpool.translator.work.ShareOutcome;
import org.ehashpool.translator.work.ShareRefusal;

/** What the codes of {@code SubmitShares.Error} are in Stratum V1. */
final class Refusals {
    private static final int LONGEST = 64;

    private Refusals() {}

    /** In the words of an upstream. */
    static ShareOutcome.Refused of(String code) {
        ShareRefusal refusal =
                switch (code) {
                    case "stale-share", "invalid-job-id" -> ShareRefusal.STALE;
                    case "duplicate-share" -> ShareRefusal.DUPLICATE;
                    case "difficulty-too-low" -> ShareRefusal.LOW_DIFFICULTY;
                    default -> ShareRefusal.OTHER;
                };
        return new ShareOutcome.Refused(refusal, code.length() > LONGEST ? code.substring(0, LONGEST) : code);
    }

    /** By our own judgement. */
    static ShareOutcome.Refused of(ShareError error) {
        return of(error.code().toString());
    }
}
