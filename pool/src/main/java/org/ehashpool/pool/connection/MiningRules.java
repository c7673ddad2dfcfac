package org.ehashpool.pool.connection;

import java.util.List;

/** What may change while the pool runs. Immutable. */
public final class MiningRules {
    private final UserTerms terms;
    private final LimitsConfig limits;

    private MiningRules(UserTerms terms, LimitsConfig limits) {
        this.terms = terms;
        this.limits = limits;
    }

    /** As configured. */
    public static MiningRules of(SharesConfig shares, LimitsConfig limits, List<UserConfig> users) {
        return new MiningRules(UserTerms.of(shares, users), limits);
    }

    UserTerms terms() {
        return terms;
    }

    LimitsConfig limits() {
        return limits;
    }
}
