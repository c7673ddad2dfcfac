package org.ehashpool.pool.outbox;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.ehashpool.sv2.type.Bytes;

/** What the statistics service is told of orders. */
final class OutboxStats {
    private final StatsSink sink;
    private final Function<Bytes, Optional<String>> url;
    private final Map<Cause, Sum> failed = new LinkedHashMap<>();

    private record Cause(Bytes mint, String unit, String reason) {}

    private record Sum(long count, BigInteger amount) {
        Sum plus(Sum other) {
            return new Sum(count + other.count, amount.add(other.amount));
        }
    }

    /** @param url where wallets find a mint */
    OutboxStats(StatsSink sink, Function<Bytes, Optional<String>> url) {
        this.sink = sink;
        this.url = url;
    }

    /** An order was refused for good, the first time. */
    void failed(Order order, String reason) {
        MintQuoteRequest request = order.request();
        BigInteger amount = new BigInteger(Long.toUnsignedString(request.amount()));
        failed.merge(new Cause(order.mint(), request.unit().printable(), reason), new Sum(1, amount), Sum::plus);
    }

    /** Tells of what failed, those alike together. */
    void tell() {
        failed.forEach((cause, sum) -> sink.publish(new StatsEvent.QuoteFailed(
                url.apply(cause.mint()).orElseGet(cause.mint()::toHex),
                cause.unit(),
                cause.reason(),
                sum.count(),
                sum.amount())));
        failed.clear();
    }
}
