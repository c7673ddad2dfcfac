package org.ehashpool.conservation.load;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.jspecify.annotations.Nullable;

/** A client of the template provider beside the pool: it notes when there is something new. */
final class TemplateWatch implements Runnable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int OUTPUT_SIZE = 100;

    private final Sv2Url provider;
    private final JobWatch jobs;
    private volatile @Nullable Sv2Line line;
    private volatile boolean stopping;

    TemplateWatch(Sv2Url provider, JobWatch jobs) {
        this.provider = provider;
        this.jobs = jobs;
    }

    @Override
    public void run() {
        while (!stopping) {
            try (Sv2Line connected = Sv2Line.connect(provider, Protocol.TEMPLATE_DISTRIBUTION, "watch")) {
                line = connected;
                connected.send(new CoinbaseOutputConstraints(OUTPUT_SIZE, 0));
                while (!stopping) {
                    note(connected.receive(), System.nanoTime());
                }
            } catch (IOException | NoiseException ended) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void note(Message message, long now) {
        if (message instanceof NewTemplate template && !template.futureTemplate()) {
            jobs.made(template.merklePath(), now);
        } else if (message instanceof SetNewPrevHash tip) {
            jobs.made(List.of(tip.prevHash()), now);
        }
    }

    void stop() throws IOException {
        stopping = true;
        Sv2Line present = line;
        if (present != null) {
            present.close();
        }
    }
}
