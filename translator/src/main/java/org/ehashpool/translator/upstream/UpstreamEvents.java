package org.ehashpool.translator.upstream;

import java.util.function.LongSupplier;
import org.ehashpool.kit.sv2.LogBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The log of the upstream half: one method per event. What comes once for each channel is limited in lines per second. */
final class UpstreamEvents {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.translator.upstream");
    private static final int LINES_PER_SECOND = 10;

    private final LongSupplier nanoTime;
    private final LogBudget refusals;
    private final LogBudget closes;
    private final LogBudget updates;
    private final LogBudget unconfirmed;

    UpstreamEvents(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.refusals = budget();
        this.closes = budget();
        this.updates = budget();
        this.unconfirmed = budget();
    }

    private LogBudget budget() {
        return new LogBudget(LINES_PER_SECOND, nanoTime.getAsLong());
    }

    void trying(String upstream, String extensions) {
        LOG.atDebug()
                .addKeyValue("upstream", upstream)
                .addKeyValue("extensions", extensions)
                .log("trying upstream");
    }

    void serving(String upstream, int channels, String before) {
        LOG.atInfo()
                .addKeyValue("upstream", upstream)
                .addKeyValue("channels", channels)
                .addKeyValue("before", before)
                .log("mining for upstream");
    }

    void unusable(String upstream, String why) {
        LOG.atWarn().addKeyValue("upstream", upstream).addKeyValue("why", why).log("upstream is of no use now");
    }

    void lost(String upstream, String why, int unanswered) {
        LOG.atWarn()
                .addKeyValue("upstream", upstream)
                .addKeyValue("why", why)
                .addKeyValue("unconfirmed", unanswered)
                .log("upstream lost, miners keep their connections");
    }

    void leaving(String upstream, String why) {
        LOG.atWarn().addKeyValue("upstream", upstream).addKeyValue("why", why).log("leaving upstream");
    }

    void retired(String upstream, int unanswered) {
        LOG.atInfo()
                .addKeyValue("upstream", upstream)
                .addKeyValue("unconfirmed", unanswered)
                .log("upstream before is done with");
    }

    void channelRefused(String upstream, String code) {
        limited(refusals)
                .addKeyValue("upstream", upstream)
                .addKeyValue("error", code)
                .log("upstream refuses a channel");
    }

    void channelClosed(String upstream, long channel, String reason) {
        limited(closes)
                .addKeyValue("upstream", upstream)
                .addKeyValue("channel", channel)
                .addKeyValue("reason", reason)
                .log("upstream closed a channel");
    }

    void updateRefused(String upstream, long channel, String code) {
        limited(updates)
                .addKeyValue("upstream", upstream)
                .addKeyValue("channel", channel)
                .addKeyValue("error", code)
                .log("upstream refuses a channel's hash rate");
    }

    void shareRefused(String upstream, long channel, String code) {
        LOG.atDebug()
                .addKeyValue("upstream", upstream)
                .addKeyValue("channel", channel)
                .addKeyValue("error", code)
                .log("upstream refuses a share");
    }

    void unconfirmed(String upstream, long channel, int shares) {
        limited(unconfirmed)
                .addKeyValue("upstream", upstream)
                .addKeyValue("channel", channel)
                .addKeyValue("shares", shares)
                .log("upstream did not answer in time");
    }

    void blockFound(String upstream, String worker) {
        LOG.atInfo()
                .addKeyValue("upstream", upstream)
                .addKeyValue("worker", worker)
                .log("block found");
    }

    private LoggingEventBuilder limited(LogBudget budget) {
        long suppressed = budget.take(nanoTime.getAsLong());
        if (suppressed < 0) {
            return LOG.atDebug();
        }
        return suppressed == 0 ? LOG.atWarn() : LOG.atWarn().addKeyValue("suppressed", suppressed);
    }
}
