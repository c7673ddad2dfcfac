package org.ehashpool.wallet;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.ehashpool.wallet.mint.TrustedMint;
import org.ehashpool.wallet.operation.Consolidation;

/**
 * How a wallet behaves.
 *
 * @param mints whose ecash it takes
 * @param units that it deals in
 * @param insecureHttp whether mints may be reached by http beyond this machine
 * @param keyRotation how long a locking key is in use
 * @param lookupInterval between looks at a mint, when nothing asks for one sooner
 * @param requestTimeout of a request to a mint
 * @param consolidation when many proofs are made few
 */
public record WalletOptions(
        List<TrustedMint> mints,
        Set<String> units,
        boolean insecureHttp,
        Duration keyRotation,
        Duration lookupInterval,
        Duration requestTimeout,
        Consolidation.Settings consolidation) {

    /** The unit of ehash. */
    public static final String UNIT = "hash";

    public WalletOptions {
        mints = List.copyOf(mints);
        units = Set.copyOf(units);
        for (TrustedMint mint : mints) {
            if (mint.url().isExposed() && !insecureHttp) {
                throw new IllegalArgumentException(
                        mint.url() + ": expected https: tokens that are sent by http can be stolen on the way");
            }
        }
    }

    /** What suits most, with these mints. */
    public static WalletOptions of(List<TrustedMint> mints) {
        return new WalletOptions(
                mints,
                Set.of(UNIT),
                false,
                Duration.ofDays(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                Consolidation.Settings.DEFAULT);
    }
}
