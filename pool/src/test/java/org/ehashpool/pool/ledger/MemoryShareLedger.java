package org.ehashpool.pool.ledger;

import io.vertx.core.Future;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ehashpool.sv2.type.Text;

/**
 * Counts and forgets: totals of each user, gone with the process. It looks for no duplicates, because within a process
 * channels never share a search space and each remembers its shares of the present previous hash. Users beyond the limit
 * are counted together, shares that may not be paid for not at all.
 */
public final class MemoryShareLedger implements ShareLedger {
    /** Users that are counted one by one, unless told otherwise. */
    public static final int DEFAULT_USERS = 100_000;

    private final int maximumUsers;
    private final Map<Text, Total> users = new HashMap<>();
    private Total others = Total.NONE;

    /** With totals for so many users. */
    public MemoryShareLedger(int maximumUsers) {
        this.maximumUsers = maximumUsers;
    }

    /**
     * What somebody has been credited with.
     *
     * @param shares how many
     * @param work expected hashes that they stand for
     */
    public record Total(long shares, BigInteger work) {
        /** Nothing. */
        public static final Total NONE = new Total(0, BigInteger.ZERO);

        Total plus(ShareCredit credit) {
            return new Total(shares + 1, work.add(credit.target().work()));
        }
    }

    @Override
    public synchronized Future<List<Outcome>> commit(List<ShareCredit> credits) {
        for (ShareCredit credit : credits) {
            if (!credit.creditable()) {
                continue;
            }
            if (users.size() < maximumUsers || users.containsKey(credit.userIdentity())) {
                users.merge(credit.userIdentity(), Total.NONE.plus(credit), (total, one) -> total.plus(credit));
            } else {
                others = others.plus(credit);
            }
        }
        return Future.succeededFuture(Collections.nCopies(credits.size(), Outcome.RECORDED));
    }

    /** A user's total. */
    public synchronized Total of(Text userIdentity) {
        return users.getOrDefault(userIdentity, Total.NONE);
    }

    /** Of all users beyond the limit together. */
    public synchronized Total others() {
        return others;
    }
}
