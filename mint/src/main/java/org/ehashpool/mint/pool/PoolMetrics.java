package org.ehashpool.mint.pool;

import io.micrometer.core.instrument.Counter;
import java.util.function.IntSupplier;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.sv2.message.MintQuote.MintQuoteError;
import org.ehashpool.sv2.message.MintQuote.MintQuoteResponse;
import org.ehashpool.sv2.message.MintQuote.QuoteReply;

/** What pools order, counted. */
final class PoolMetrics {

    private final Counter quoted;
    private final Counter delayed;
    private final Counter refused;

    /**
     * Registers the meters.
     *
     * @param connected pools that know the mint now
     * @param unanswered their requests that wait for an answer
     */
    PoolMetrics(ServiceMetrics metrics, IntSupplier connected, IntSupplier unanswered) {
        quoted = metrics.counter("pool.requests.quoted", "Requests of pools that were answered with a quote");
        delayed = metrics.counter("pool.requests.delayed", "Requests of pools that were refused for now");
        refused = metrics.counter("pool.requests.refused", "Requests of pools that were refused for good: an alarm");
        metrics.gauge("pools.connected", "Pools that are connected and know the mint", connected::getAsInt);
        metrics.gauge("pool.requests.unanswered", "Requests of pools that wait for an answer", unanswered::getAsInt);
    }

    void answered(QuoteReply reply) {
        switch (reply) {
            case MintQuoteResponse response -> quoted.increment();
            case MintQuoteError error -> (error.retryable() ? delayed : refused).increment();
        }
    }
}
