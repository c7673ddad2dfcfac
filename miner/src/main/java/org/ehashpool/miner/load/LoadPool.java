package org.ehashpool.miner.load;

import java.util.List;
import org.ehashpool.miner.sv1.Sv1Url;
import org.ehashpool.miner.sv2.ChannelPlan;
import org.ehashpool.noise.certificate.Sv2Url;

/** Where a load goes, and by which protocol. */
public sealed interface LoadPool {
    /** How many channels a connection has. */
    int channels();

    /**
     * Over Stratum V2.
     *
     * @param url where
     * @param plan what is opened on each connection
     * @param users who is paid, by the channels in turn; empty: as planned
     */
    record Sv2(Sv2Url url, ChannelPlan plan, List<String> users) implements LoadPool {
        /** A copy. */
        public Sv2 {
            users = List.copyOf(users);
        }

        /** What is opened as one channel of a connection, both counted from 0. */
        ChannelPlan channel(int connection, int number) {
            return users.isEmpty()
                    ? plan
                    : plan.withUser(users.get((connection * plan.channels() + number) % users.size()));
        }

        @Override
        public int channels() {
            return plan.channels();
        }
    }

    /**
     * Over Stratum V1.
     *
     * @param url where
     * @param user who is paid
     * @param password as the server wants it
     */
    record Sv1(Sv1Url url, String user, String password) implements LoadPool {
        @Override
        public int channels() {
            return 1;
        }
    }
}
