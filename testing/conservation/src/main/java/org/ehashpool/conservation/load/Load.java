package org.ehashpool.conservation.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.ehashpool.noise.certificate.Sv2Url;

/** All miners. */
public final class Load implements AutoCloseable {
    /** Who has no key and is paid into the translator's wallet. */
    public static final String FARM = "farm";

    private static final int JOIN_MILLIS = 30_000;

    private final List<LoadMiner> miners = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final TemplateWatch templates;

    /**
     * Where miners connect.
     *
     * @param pools SV2
     * @param translator the port of SV1
     * @param templates whose jobs are watched
     */
    public record Ways(List<Sv2Url> pools, int translator, Sv2Url templates) {
        public Ways {
            pools = List.copyOf(pools);
        }
    }

    /** How many miners: at the pool itself, and at the translator. */
    public record Crowd(int direct, int translated) {
        public static final Crowd USUAL = new Crowd(12, 8);
    }

    /**
     * Starts the miners.
     *
     * @param keys of owners, compressed, in hexadecimal; mined for in turn
     * @param sharesPerSecond of all miners, as it is at present
     */
    public Load(
            Ways ways,
            List<String> keys,
            Crowd crowd,
            DoubleSupplier sharesPerSecond,
            ShareLog log,
            LoadFigures figures,
            long seed) {
        JobWatch jobs = new JobWatch(figures);
        templates = new TemplateWatch(ways.templates(), jobs);
        DoubleSupplier pace = () -> sharesPerSecond.getAsDouble() / (crowd.direct() + crowd.translated());
        for (int i = 0; i < crowd.direct(); i++) {
            int owner = i % keys.size();
            miners.add(new Sv2Miner(
                    i,
                    ways.pools().get(i % ways.pools().size()),
                    keys.get(owner) + ".v2-" + i,
                    i % 3 == 2,
                    new ShareStream(owner, false, log, figures),
                    jobs,
                    figures,
                    pace,
                    new Random(seed + i)));
        }
        for (int i = 0; i < crowd.translated(); i++) {
            boolean keyed = i % 2 == 0;
            int owner = keyed ? i % keys.size() : ShareLog.WALLET;
            miners.add(new Sv1Miner(
                    ways.translator(),
                    (keyed ? keys.get(owner) : FARM) + ".v1-" + i,
                    new ShareStream(owner, true, log, figures),
                    figures,
                    pace,
                    new Random(seed - 1 - i)));
        }
        threads.add(Thread.ofVirtual().name("templates").start(templates));
        miners.forEach(miner -> threads.add(Thread.ofVirtual().name("load").start(miner)));
    }

    /** Ends all miners. */
    @Override
    public void close() throws IOException {
        miners.forEach(LoadMiner::stop);
        templates.stop();
        for (Thread thread : threads) {
            try {
                thread.join(JOIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
