package org.ehashpool.cli.interop;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.ehashpool.cli.interop.Scenario.SitePlay;
import org.ehashpool.cli.interop.site.Mint;
import org.ehashpool.cli.interop.site.PaidMining;

/** What is proved of our mint by wallets that we did not write, and by their own tests. */
final class WalletScenarios {
    private static final String CASHU_TS = "cashu-ts";
    private static final String CASHU_TS_SUITE = "cashu-ts-suite";
    private static final String NUTSHELL = "nutshell";
    private static final String CDK_WALLET = "cdk-happy-path-mint-wallet";
    private static final String CDK_FEES = "cdk-test-fees";

    /** Where the integration tests of cashu-ts look for a mint. */
    private static final int SUITE_PORT = 3338;

    /** What CDK's tests of a wallet count on. */
    private static final int NO_FEE = 0;

    /** Of the embedded chain: its blocks come seldom, shares often. */
    private static final String BITS = "1d00ffff";

    private static final int SHARES = 6;

    /** As many quotes as a mint takes at once. */
    private static final int BATCH = 100;

    private static final Pattern NOTHING = Pattern.compile("(?!)");
    private static final Pattern RUST_RESULT = Pattern.compile("^test result:");
    private static final Pattern VITEST_RESULT = Pattern.compile("^\\s*Tests\\s");

    private WalletScenarios() {}

    static List<Scenario> all() {
        return List.of(
                new Scenario(CASHU_TS + "/wallet", List.of(CASHU_TS), wallet(CASHU_TS)),
                new Scenario(CASHU_TS + "/ehash", List.of(CASHU_TS), ehash()),
                new Scenario(NUTSHELL + "/wallet", List.of(NUTSHELL), wallet(NUTSHELL)),
                new Scenario(CASHU_TS + "/suite", List.of(CASHU_TS_SUITE), cashuTsSuite()),
                new Scenario("cdk/happy-path-mint-wallet", List.of(CDK_WALLET), cdk(CDK_WALLET, NO_FEE)),
                new Scenario("cdk/fees", List.of(CDK_FEES), cdk(CDK_FEES, Mint.FEE_PPK)));
    }

    private static SitePlay wallet(String peer) {
        return site -> {
            Mint mint = Mint.start(site, Mint.FEE_PPK);
            site.complete(peer, List.of(site.executable(peer), "wallet", "--mint", mint.url()), Map.of(), NOTHING);
        };
    }

    /** The foreign wallet is paid for shares, alone and in a batch, and exchanges tokens with ours. */
    private static SitePlay ehash() {
        return site -> {
            PaidMining mining = PaidMining.start(site, BITS);
            mining.mine(SHARES);
            String alone = mining.claim(CASHU_TS, 1);
            String batch = mining.claim(CASHU_TS, BATCH);
            mining.receive(alone);
            mining.receive(batch);
            mining.receiveAt(CASHU_TS, mining.send("7"));
            mining.audit();
        };
    }

    private static SitePlay cashuTsSuite() {
        return site -> {
            var _ = Mint.start(site, Mint.FEE_PPK, SUITE_PORT);
            site.complete(CASHU_TS_SUITE, List.of(site.executable(CASHU_TS_SUITE)), Map.of(), VITEST_RESULT);
        };
    }

    /** An executable with Rust's test harness. */
    private static SitePlay cdk(String peer, int feePpk) {
        return site -> {
            Mint mint = Mint.start(site, feePpk);
            site.complete(
                    peer,
                    List.of(site.executable(peer), "--test-threads=1"),
                    Map.of("CDK_TEST_MINT_URL", mint.url(), "CDK_ITESTS_DIR", ".", "RUST_LOG", "error"),
                    RUST_RESULT);
        };
    }
}
