package org.ehashpool.pool.connection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.server.ChannelTerms;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.jspecify.annotations.Nullable;

/** What each user is granted. Immutable. */
final class UserTerms {
    private final ChannelTerms usual;
    private final Map<Text, ChannelTerms> ofUsers;

    private UserTerms(ChannelTerms usual, Map<Text, ChannelTerms> ofUsers) {
        this.usual = usual;
        this.ofUsers = Map.copyOf(ofUsers);
    }

    /** As configured; of two entries for a user the later counts. */
    static UserTerms of(SharesConfig shares, List<UserConfig> users) {
        Target easiest = Target.ofDifficulty(shares.minimumDifficulty());
        Map<Text, ChannelTerms> ofUsers = new HashMap<>();
        for (UserConfig user : users) {
            Optional<Target> fixed = user.fixedDifficulty().map(Target::ofDifficulty);
            // What the operator fixed counts as it is, be it easier than anything that the pool would choose.
            Target bound = user.minimumDifficulty().map(Target::ofDifficulty).orElse(easiest);
            ofUsers.put(
                    Text.of(user.name()),
                    new ChannelTerms(
                            shares.perMinute(),
                            shares.presumedHashRate(),
                            fixed.map(bound::easier).orElse(bound),
                            fixed));
        }
        return new UserTerms(
                new ChannelTerms(shares.perMinute(), shares.presumedHashRate(), easiest, Optional.empty()), ofUsers);
    }

    /** Of the whole identity, else of its part before the first dot, else the usual ones. */
    ChannelTerms of(Text userIdentity) {
        if (ofUsers.isEmpty()) {
            return usual;
        }
        @Nullable ChannelTerms exact = ofUsers.get(userIdentity);
        return exact != null ? exact : ofUsers.getOrDefault(account(userIdentity), usual);
    }

    /** The part of an identity before its first dot. */
    static Text account(Text userIdentity) {
        Bytes bytes = userIdentity.bytes();
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.get(i) == '.') {
                return Text.of(bytes.slice(0, i));
            }
        }
        return userIdentity;
    }
}
