package org.ehashpool.cli.interop;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ehashpool.cli.interop.Scenario.SitePlay;
import org.ehashpool.cli.interop.peer.ScenarioFailure;
import org.ehashpool.cli.interop.peer.WatchedProcess;
import org.ehashpool.cli.interop.site.BitcoinNode;
import org.ehashpool.cli.interop.site.Chain;
import org.ehashpool.cli.interop.site.Miners;
import org.ehashpool.cli.interop.site.Pool;
import org.ehashpool.cli.interop.site.ReferencePool;
import org.ehashpool.cli.interop.site.Site;
import org.ehashpool.cli.interop.site.TemplateSource;
import org.ehashpool.cli.interop.site.Translator;

/**
 * What is proved of our translator between foreign miners and our pool, on a foreign node: what a miner counts as accepted
 * is what the translator and the pool count, share for share, and blocks are found.
 */
final class TranslatorScenarios {
    private static final String PER_MINER = "per-miner";
    private static final String AGGREGATED = "aggregated";

    /** Of a channel: several for each block of a signet. */
    private static final int SHARES_PER_MINUTE = 600;

    private static final int LEAST_SHARES = 10;

    private static final Duration FIRST = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(20);

    private TranslatorScenarios() {}

    /** Starts a miner on a port for SV1. */
    private interface Mining {
        WatchedProcess start(Site site, int port) throws IOException;
    }

    static List<Scenario> all() {
        List<Scenario> scenarios = new ArrayList<>();
        for (String mode : List.of(PER_MINER, AGGREGATED)) {
            scenarios.add(one(Miners.MINERD, mode, Miners::minerd));
            scenarios.add(one(Miners.CPUMINER_OPT, mode, Miners::cpuminerOpt));
            scenarios.add(one(Miners.BFGMINER, mode, Miners::bfgminer));
            // Without bfgminer, which divides by zero where blocks come as often as here.
            scenarios.add(new Scenario(
                    "sv1-miners/translated/" + mode,
                    List.of(BitcoinNode.PEER, Miners.MINERD, Miners.CPUMINER_OPT),
                    mining(mode, List.of(Miners::minerd, Miners::cpuminerOpt))));
        }
        for (String mode : List.of(PER_MINER, AGGREGATED)) {
            scenarios.add(new Scenario(
                    "reference-pool/translated/" + mode,
                    List.of(BitcoinNode.PEER, TemplateSource.SV2_TP, ReferencePool.PEER),
                    referencePool(mode)));
        }
        return List.copyOf(scenarios);
    }

    private static Scenario one(String miner, String mode, Mining mining) {
        return new Scenario(
                miner + "/translated/" + mode, List.of(BitcoinNode.PEER, miner), mining(mode, List.of(mining)));
    }

    private static SitePlay mining(String mode, List<Mining> kinds) {
        return site -> {
            BitcoinNode node = BitcoinNode.start(site, Chain.SIGNET);
            int before = node.height();
            Pool pool = Pool.startOnSignet(site, SHARES_PER_MINUTE, TemplateSource.ours(site, node));
            Translator translator = Translator.start(site, pool.url(), mode.equals(AGGREGATED));
            List<WatchedProcess> miners = new ArrayList<>();
            for (Mining kind : kinds) {
                miners.add(kind.start(site, translator.port()));
            }
            for (WatchedProcess miner : miners) {
                site.await(
                        LEAST_SHARES + " shares that " + miner.name() + " knows to be accepted",
                        FIRST,
                        () -> Miners.accepted(miner) >= LEAST_SHARES);
            }
            site.mine();
            awaitAgreement(site, pool, translator, miners);
            requireBlocks(site, node, before);
        };
    }

    /** A node's best chain grows by blocks that our SV1 miner found, through our translator, for a foreign pool. */
    private static SitePlay referencePool(String mode) {
        return site -> {
            BitcoinNode node = BitcoinNode.start(site);
            List<String> waiting = node.spend(SuiteScenarios.COINS, SuiteScenarios.FEE);
            int before = node.height();
            ReferencePool pool = ReferencePool.start(site, TemplateSource.official(site, node));
            Translator translator = Translator.start(site, pool.url(), mode.equals(AGGREGATED));
            WatchedProcess miner = Miners.oursSlowly(site, "stratum+tcp://127.0.0.1:" + translator.port());
            SuiteScenarios.requireBlocks(SuiteScenarios.newBlocks(site, node, before), waiting);
            pool.awaitAccepted(SuiteScenarios.BLOCKS, SOON);
            SuiteScenarios.awaitHeard(site, miner);
            site.note("translator: %d accepted".formatted(translator.shares().accepted()));
        };
    }

    /**
     * All counts are the same at one time. A share that was lost, or counted by one of them alone, would keep them apart for
     * ever.
     */
    private static void awaitAgreement(Site site, Pool pool, Translator translator, List<WatchedProcess> miners)
            throws ScenarioFailure, IOException, InterruptedException {
        Counts[] last = new Counts[1];
        try {
            site.await("miners, translator and pool to count the same", SOON, () -> {
                last[0] = Counts.of(pool, translator, miners);
                return last[0].agree();
            });
        } catch (ScenarioFailure e) {
            throw new ScenarioFailure(e.getMessage() + "; " + last[0]);
        }
        SuiteScenarios.requireForgiven(pool.allShares().reasons(), SuiteScenarios.FORGIVEN);
        if (translator.shares().unconfirmed() > 0) {
            throw new ScenarioFailure(translator.shares().unconfirmed() + " shares are unconfirmed");
        }
        site.note("accepted by miners, translator and pool: " + last[0].pool());
        Translator.Shares translated = translator.shares();
        Pool.Shares pooled = pool.allShares();
        site.note("rejected in all: %d, by the pool: %d %s"
                .formatted(translated.rejected(), pooled.rejected(), pooled.reasons()));
    }

    /** Accepted shares as each counts them, at about one time. */
    record Counts(long miners, long translator, long pool, long minersAfterwards) {
        private static Counts of(Pool pool, Translator translator, List<WatchedProcess> miners)
                throws IOException, InterruptedException {
            long printed = printed(miners);
            return new Counts(
                    printed, translator.shares().accepted(), pool.allShares().accepted(), printed(miners));
        }

        private static long printed(List<WatchedProcess> miners) {
            return miners.stream().mapToLong(Miners::accepted).sum();
        }

        boolean agree() {
            return miners == translator && translator == pool && pool == minersAfterwards;
        }
    }

    /** The node's best chain grew, by blocks of our pool alone. */
    private static void requireBlocks(Site site, BitcoinNode node, int before)
            throws ScenarioFailure, IOException, InterruptedException {
        int last = node.height();
        if (last == before) {
            throw new ScenarioFailure("no block was found");
        }
        Set<String> hashes = new HashSet<>();
        for (int height = before + 1; height <= last; height++) {
            BitcoinNode.Mined block = node.block(height);
            if (!Pool.madeIt(block)) {
                throw new ScenarioFailure("the coinbase of block " + height + " is not our pool's");
            }
            hashes.add(block.hash());
        }
        site.note(hashes.size() + " blocks on the node's best chain");
    }
}
