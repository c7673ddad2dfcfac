package org.ehashpool.pool.pay;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;
import org.ehashpool.mining.coinbase.Network;

/** What shares are worth. Each change takes effect on shares recorded afterwards. */
public record PayConfig(
        @Description("work: by the share's target; leading-zeros: by the hash that was found.") @Default("work")
        Policy policy,

        @Description(
                "Expected hashes for one unit of ecash (work); by default 2^32 on mainnet, 2^20 on test networks, 2^10"
                        + " on regtest.")
        @Range(min = "1", max = "9223372036854775807")
        Optional<Long> unitWork,

        @Description("Leading zero bits of a hash that is worth one unit (leading-zeros).")
        @Default("32")
        @Range(min = "0", max = "256")
        int minimumLeadingZeros,

        @Description("What the pool keeps of each share's worth, in millionths: 10000 is one percent.")
        @Default("0")
        @Range(min = "0", max = "1000000")
        int feePerMillion,

        @Description("How long a key may have no share before what is left over of its shares is no longer owed.")
        @Default("30d")
        @Range(min = "1d", max = "3650d")
        Duration carryLapses) {
    /** How shares are measured. */
    public enum Policy {
        WORK,
        LEADING_ZEROS
    }

    /** As terms. */
    public PayTerms terms(Network network) {
        return new PayTerms(
                switch (policy) {
                    case WORK ->
                        new PayPolicy.Work(unitWork.map(BigInteger::valueOf).orElseGet(() -> unitWork(network)));
                    case LEADING_ZEROS -> new PayPolicy.LeadingZeros(minimumLeadingZeros);
                },
                feePerMillion,
                carryLapses);
    }

    private static BigInteger unitWork(Network network) {
        return BigInteger.TWO.pow(
                switch (network) {
                    case MAINNET -> 32;
                    case TESTNET3, TESTNET4, SIGNET -> 20;
                    case REGTEST -> 10;
                });
    }
}
