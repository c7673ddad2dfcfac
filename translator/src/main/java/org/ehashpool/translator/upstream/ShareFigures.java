package org.ehashpool.translator.upstream;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.ehashpool.kit.metrics.ServiceMetrics;

/** What became of all shares, over all upstreams. Plain state of one event loop, but for the metrics. */
final class ShareFigures {
    private static final int MOST_CODES = 32;
    private static final String OTHER_CODES = "other";

    private final Counter acceptedShares;
    private final Counter refusedShares;
    private final Counter refusedHere;
    private final Counter unconfirmedShares;
    private final Counter lateAnswers;
    private final Counter ehashMessages;
    private final Map<String, Long> refusedByCode = new TreeMap<>();
    private final Map<String, Long> refusedHereByCode = new TreeMap<>();
    private final Map<Integer, BigInteger> workByUpstream = new TreeMap<>();
    private long accepted;
    private long unconfirmed;
    private long lateAccepted;
    private long lateRefused;
    private long channelsRefused;
    private long ignored;
    private long ehash;

    ShareFigures(ServiceMetrics metrics) {
        acceptedShares = shares(metrics, "accepted");
        refusedShares = shares(metrics, "refused");
        refusedHere = shares(metrics, "refused_here");
        unconfirmedShares = shares(metrics, "unconfirmed");
        lateAnswers = metrics.counter(
                "upstream.answers.late", "Answers to shares that the miner had been told are unconfirmed");
        ehashMessages = metrics.counter("upstream.ehash.messages", "Messages of upstreams about ehash");
    }

    private static Counter shares(ServiceMetrics metrics, String outcome) {
        return metrics.counter(
                "upstream.shares",
                "Shares by what became of them: accepted, refused or unconfirmed by upstream, refused here",
                "outcome",
                outcome);
    }

    void accepted() {
        accepted++;
        acceptedShares.increment();
    }

    /**
     * Work that upstream accepted, late or not.
     *
     * @param upstream its place in the configuration
     */
    void work(int upstream, BigInteger work) {
        workByUpstream.merge(upstream, work, BigInteger::add);
    }

    /** The work that this upstream accepted. */
    BigInteger work(int upstream) {
        return workByUpstream.getOrDefault(upstream, BigInteger.ZERO);
    }

    /** By upstream. */
    void refused(String code) {
        count(refusedByCode, code);
        refusedShares.increment();
    }

    /** By our own judgement; upstream never saw it. */
    void refusedHere(String code) {
        count(refusedHereByCode, code);
        refusedHere.increment();
    }

    void unconfirmed() {
        unconfirmed++;
        unconfirmedShares.increment();
    }

    void late(boolean wasAccepted) {
        lateAccepted += wasAccepted ? 1 : 0;
        lateRefused += wasAccepted ? 0 : 1;
        lateAnswers.increment();
    }

    void channelRefused() {
        channelsRefused++;
    }

    /** A message that concerned nothing we have. */
    void ignored() {
        ignored++;
    }

    void ehashMessage() {
        ehash++;
        ehashMessages.increment();
    }

    long channelsRefused() {
        return channelsRefused;
    }

    /** An upstream may think of any number of codes. */
    private static void count(Map<String, Long> codes, String code) {
        codes.merge(codes.size() < MOST_CODES || codes.containsKey(code) ? code : OTHER_CODES, 1L, Long::sum);
    }

    JsonObject report() {
        return new JsonObject()
                .put("accepted", accepted)
                .put("refused_by_code", counts(refusedByCode))
                .put("refused_here_by_code", counts(refusedHereByCode))
                .put("unconfirmed", unconfirmed)
                .put("late_accepted", lateAccepted)
                .put("late_refused", lateRefused)
                .put("messages_ignored", ignored)
                .put("ehash_messages", ehash);
    }

    private static JsonObject counts(Map<String, Long> codes) {
        JsonObject counts = new JsonObject();
        codes.forEach(counts::put);
        return counts;
    }
}
