package org.ehashpool.translator.upstream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of the upstream half: one method per event. */
final class UpstreamEvents {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.translator.upstream");

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
        LOG.atWarn()
                .addKeyValue("upstream", upstream)
                .addKeyValue("error", code)
                .log("upstream refuses a channel");
    }

    void channelClosed(String upstream, long channel, String reason) {
        LOG.atWarn()
                .addKeyValue("upstream", upstream)
                .addKeyValue("channel", channel)
                .addKeyValue("reason", reason)
                .log("upstream closed a channel");
    }

    void updateRefused(String upstream, long channel, String code) {
        LOG.atWarn()
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
        LOG.atWarn()
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
}
