package org.ehashpool.pool.template;

import java.time.Duration;
import org.ehashpool.mining.job.ChainTip;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of the template side: one method per event. */
final class TemplateEvents {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.pool.template");

    void following(String provider, String before, String why, int height) {
        LOG.atInfo()
                .addKeyValue("provider", provider)
                .addKeyValue("before", before)
                .addKeyValue("why", why)
                .addKeyValue("height", height)
                .log("following template provider");
    }

    void lost(String provider, String why) {
        LOG.atWarn()
                .addKeyValue("provider", provider)
                .addKeyValue("why", why)
                .log("no template provider left, miners keep their jobs");
    }

    void putAside(String provider, String why, Duration time) {
        LOG.atError()
                .addKeyValue("provider", provider)
                .addKeyValue("why", why)
                .addKeyValue("seconds", time.toSeconds())
                .log("template provider breaks the rules, put aside");
    }

    void disagreement(String provider, String other) {
        LOG.atError()
                .addKeyValue("provider", provider)
                .addKeyValue("other", other)
                .log("template providers disagree on the target of one block");
    }

    void newTip(ChainTip tip, int height) {
        if (LOG.isInfoEnabled()) {
            LOG.atInfo()
                    .addKeyValue("height", height)
                    .addKeyValue("previous_hash", tip.previousHash().toHex())
                    .addKeyValue("bits", "%08x".formatted(tip.bits()))
                    .log("new tip");
        }
    }

    void newTemplate(String provider, long templateId, boolean future) {
        LOG.atDebug()
                .addKeyValue("provider", provider)
                .addKeyValue("template", Long.toUnsignedString(templateId))
                .addKeyValue("future", future)
                .log("template");
    }

    void transactionsRefused(String provider, String errorCode) {
        LOG.atWarn()
                .addKeyValue("provider", provider)
                .addKeyValue("error", errorCode)
                .log("template provider does not give transactions");
    }

    void payoutsChanged(boolean reconnect) {
        LOG.atInfo().addKeyValue("reconnect", reconnect).log("jobs pay other outputs");
    }

    void subscriberFailed(RuntimeException bug) {
        LOG.atError().setCause(bug).log("internal error in a receiver of jobs");
    }
}
