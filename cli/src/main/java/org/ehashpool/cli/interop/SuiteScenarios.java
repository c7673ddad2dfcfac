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
import org.ehashpool.cli.interop.site.BitcoinNode.Mined;
import org.ehashpool.cli.interop.site.Miners;
import org.ehashpool.cli.interop.site.Pool;
import org.ehashpool.cli.interop.site.ReferencePool;
import org.ehashpool.cli.interop.site.Site;
import org.ehashpool.cli.interop.site.TemplateSource;
import org.ehashpool.sv2.message.WorkerTracking;

/** What is proved of the whole suite between foreign nodes and foreign miners, in the order of the report. */
final class SuiteScenarios {
    private static final String STANDARD = "standard";
    private static final String EXTENDED = "extended";

    /** So many are waited for. */
    static final int BLOCKS = 3;

    static final int COINS = 5;
    static final long FEE = 10_000;

    /** Of the embedded chain: a CPU needs some seconds to half a minute for a block. */
    private static final String BITS = "1e00ffff";

    private static final int SHARES = 10;

    /** A miner may have sent this before it could know better. */
    static final Set<String> FORGIVEN = Set.of("stale-share");

    /** The mining device begins its job again with each new target, and finds the same shares again. */
    private static final Set<String> FORGIVEN_DEVICE = Set.of("stale-share", "duplicate-share");

    private static final Duration BLOCKS_LIMIT = Duration.ofSeconds(90);
    private static final Duration SHARES_LIMIT = Duration.ofSeconds(110);
    private static final Duration SOON = Duration.ofSeconds(20);

    private SuiteScenarios() {}

    static List<Scenario> all() {
        List<String> core = List.of(BitcoinNode.PEER);
        List<String> official = List.of(BitcoinNode.PEER, TemplateSource.SV2_TP);
        List<String> referred = List.of(BitcoinNode.PEER, TemplateSource.SV2_TP, ReferencePool.PEER);
        List<String> translated = List.of(Miners.TRANSLATOR, Miners.MINERD);
        return List.of(
                new Scenario("bitcoin-core/rpc/empty", core, blocks(TemplateSource::ours, 0)),
                new Scenario("bitcoin-core/rpc/mempool", core, blocks(TemplateSource::ours, COINS)),
                new Scenario("sv2-tp/empty", official, blocks(TemplateSource::official, 0)),
                new Scenario("sv2-tp/mempool", official, blocks(TemplateSource::official, COINS)),
                new Scenario("mining-device/standard", List.of(Miners.MINING_DEVICE), miningDevice()),
                new Scenario(
                        "mining-device/standard/sv2-tp",
                        List.of(BitcoinNode.PEER, TemplateSource.SV2_TP, Miners.MINING_DEVICE),
                        nothingOfOursButThePool()),
                new Scenario("translator/extended/aggregated", translated, translator(true)),
                new Scenario("translator/extended/apart", translated, translator(false)),
                new Scenario("esp-miner/mines/standard", List.of(Miners.ESP_MINER), espMiner(STANDARD)),
                new Scenario("esp-miner/mines/extended", List.of(Miners.ESP_MINER), espMiner(EXTENDED)),
                new Scenario("reference-pool/standard", referred, referencePool(TemplateSource::official, STANDARD)),
                new Scenario("reference-pool/extended", referred, referencePool(TemplateSource::official, EXTENDED)),
                new Scenario(
                        "reference-pool/template-provider",
                        List.of(BitcoinNode.PEER, ReferencePool.PEER),
                        referencePool(TemplateSource::oursForReferencePool, EXTENDED)));
    }

    /** Starts something that serves templates of a node. */
    private interface Source {
        String start(Site site, BitcoinNode node) throws ScenarioFailure, IOException, InterruptedException;
    }

    /** Starts something that mines. */
    private interface Mining {
        WatchedProcess start(Site site, Pool pool) throws IOException;
    }

    /** The node's best chain grows by blocks of our pool. */
    private static SitePlay blocks(Source source, int coins) {
        return site -> blocks(site, source, coins, (where, pool) -> Miners.oursSlowly(where, pool.url(), EXTENDED));
    }

    private static SitePlay nothingOfOursButThePool() {
        return site -> blocks(site, TemplateSource::official, COINS, Miners::miningDevice);
    }

    private static void blocks(Site site, Source source, int coins, Mining mining)
            throws ScenarioFailure, IOException, InterruptedException {
        BitcoinNode node = BitcoinNode.start(site);
        List<String> waiting = coins == 0 ? List.of() : node.spend(coins, FEE);
        int before = node.height();
        Pool pool = Pool.start(site, source.start(site, node));
        WatchedProcess miner = mining.start(site, pool);
        List<Mined> blocks = newBlocks(site, node, before);
        requireBlocks(blocks, waiting);
        List<String> hashes = blocks.stream().map(Mined::hash).toList();
        site.await(
                "the pool to count its blocks as accepted",
                SOON,
                () -> pool.acceptedBlocks().containsAll(hashes));
        awaitHeard(site, miner);
    }

    static List<Mined> newBlocks(Site site, BitcoinNode node, int before)
            throws ScenarioFailure, IOException, InterruptedException {
        site.await(BLOCKS + " blocks", BLOCKS_LIMIT, () -> node.height() >= before + BLOCKS);
        int last = node.height();
        List<Mined> blocks = new ArrayList<>();
        for (int height = before + 1; height <= last; height++) {
            blocks.add(node.block(height));
        }
        return List.copyOf(blocks);
    }

    /** Blocks of our pool that hold exactly these transactions, and claim all that is theirs. */
    static void requireBlocks(List<Mined> blocks, List<String> waiting) throws ScenarioFailure {
        Set<String> transactions = new HashSet<>();
        long claimed = 0;
        long due = waiting.size() * FEE;
        for (Mined block : blocks) {
            if (!Pool.madeIt(block)) {
                throw new ScenarioFailure(
                        "the coinbase of block " + block.height() + " is not our pool's: " + block.coinbaseScript());
            }
            transactions.addAll(block.transactions());
            claimed += block.coinbaseValue();
            due += BitcoinNode.subsidy(block.height());
        }
        if (!transactions.equals(Set.copyOf(waiting))) {
            throw new ScenarioFailure("the blocks hold the transactions " + transactions + ", demanded: " + waiting);
        }
        if (claimed != due) {
            throw new ScenarioFailure("the coinbases claim " + claimed + " satoshis, due: " + due);
        }
    }

    private static SitePlay miningDevice() {
        return site -> {
            Pool pool = Pool.start(site, TemplateSource.embedded(site, BITS));
            mine(site, pool, Miners.miningDevice(site, pool), STANDARD, FORGIVEN_DEVICE);
            mineOnABlock(site, pool, STANDARD);
        };
    }

    private static SitePlay translator(boolean aggregated) {
        return site -> {
            Pool pool = Pool.start(site, TemplateSource.embedded(site, BITS));
            int port = Miners.translator(site, pool, aggregated);
            mine(site, pool, Miners.minerd(site, port), EXTENDED, FORGIVEN);
            pool.awaitExtension(WorkerTracking.EXTENSION, SOON);
            mineOnABlock(site, pool, EXTENDED);
        };
    }

    private static SitePlay espMiner(String type) {
        return site -> {
            Pool pool = Pool.start(site, TemplateSource.embedded(site, BITS));
            mine(site, pool, Miners.espMiner(site, pool, type), type, FORGIVEN);
        };
    }

    /** A node's best chain grows by blocks that our miner found for a foreign pool. */
    private static SitePlay referencePool(Source source, String type) {
        return site -> {
            BitcoinNode node = BitcoinNode.start(site);
            List<String> waiting = node.spend(COINS, FEE);
            int before = node.height();
            ReferencePool pool = ReferencePool.start(site, source.start(site, node));
            WatchedProcess miner = Miners.oursSlowly(site, pool.url(), type);
            requireBlocks(newBlocks(site, node, before), waiting);
            pool.awaitAccepted(BLOCKS, SOON);
            awaitHeard(site, miner);
        };
    }

    static void awaitHeard(Site site, WatchedProcess miner) throws ScenarioFailure, InterruptedException {
        site.await(miner.name() + " to hear of accepted shares", SOON, () -> miner.count(Miners.ACCEPTED) > 0);
    }

    /** Both sides count accepted shares, and none was refused but for what a miner could not know. */
    private static void mine(Site site, Pool pool, WatchedProcess miner, String type, Set<String> forgiven)
            throws ScenarioFailure, IOException, InterruptedException {
        pool.awaitAccepted(type, SHARES, SHARES_LIMIT);
        awaitHeard(site, miner);
        requireForgiven(pool.shares(type).reasons(), forgiven);
    }

    /** The miner finds a block and goes on with the next. */
    private static void mineOnABlock(Site site, Pool pool, String type)
            throws ScenarioFailure, IOException, InterruptedException {
        site.await(
                "a block of the miner's",
                BLOCKS_LIMIT,
                () -> !pool.acceptedBlocks().isEmpty());
        pool.awaitAccepted(type, pool.shares(type).accepted() + BLOCKS, SOON);
    }

    static void requireForgiven(Set<String> reasons, Set<String> forgiven) throws ScenarioFailure {
        if (!forgiven.containsAll(reasons)) {
            throw new ScenarioFailure("shares were refused for " + String.join(", ", reasons));
        }
    }
}
