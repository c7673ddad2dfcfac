package org.ehashpool.pool.connection;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ehashpool.mining.coinbase.SoloPayout;
import org.ehashpool.mining.server.ChannelTerms;
import org.ehashpool.pool.solo.SoloIdentity;
import org.ehashpool.sv2.type.Text;

/** What may change while the pool runs. Immutable. */
public final class MiningRules {
    private final UserTerms terms;
    private final LimitsConfig limits;
    private final Function<Text, SoloIdentity> solo;

    private MiningRules(UserTerms terms, LimitsConfig limits, Function<Text, SoloIdentity> solo) {
        this.terms = terms;
        this.limits = limits;
        this.solo = solo;
    }

    /**
     * As configured.
     *
     * @param solo understands who is to be paid by a block; fast, because event loops ask
     */
    public static MiningRules of(
            SharesConfig shares, LimitsConfig limits, List<UserConfig> users, Function<Text, SoloIdentity> solo) {
        return new MiningRules(UserTerms.of(shares, users), limits, solo);
    }

    /** What a user is granted; empty if the identity asks for what cannot be. */
    Optional<ChannelTerms> terms(Text userIdentity) {
        return switch (solo.apply(userIdentity)) {
            case SoloIdentity.Pooled pooled -> Optional.of(terms.of(userIdentity));
            case SoloIdentity.Solo(SoloPayout payout) ->
                Optional.of(terms.of(userIdentity).paying(payout));
            case SoloIdentity.Refused refused -> Optional.empty();
        };
    }

    LimitsConfig limits() {
        return limits;
    }
}
