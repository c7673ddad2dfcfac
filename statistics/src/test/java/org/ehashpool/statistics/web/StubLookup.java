package org.ehashpool.statistics.web;

import io.vertx.core.Future;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.http.ClientAddresses;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.statistics.earnings.Earnings;
import org.ehashpool.statistics.earnings.EarningsLookup;

/** Two mints that know one request. */
final class StubLookup implements EarningsLookup {
    static final String KEY = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    static final String OTHER_KEY = "02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5";
    static final String MINT = "https://mint.example";
    static final String OTHER_MINT = "https://second-mint.example";
    static final String REQUEST = "{\"a\": \"request in order\"}";

    final List<String> asked = new CopyOnWriteArrayList<>();

    /** A lookup whose clients are those that a proxy on this machine names. */
    static Site.Earned behindProxies() {
        return of(new StubLookup());
    }

    static Site.Earned of(StubLookup lookup) {
        return new Site.Earned(lookup, new ClientAddresses(List.of(AddressRange.parse("127.0.0.1"))));
    }

    @Override
    public List<String> mints() {
        return List.of(MINT, OTHER_MINT);
    }

    @Override
    public Future<Earnings> ask(String mint, String request) {
        asked.add(mint);
        if (!request.equals(REQUEST)) {
            return Future.failedFuture(new ApiFailure(403, "expired", "The mint says: <b>too late</b>."));
        }
        BigInteger large = new BigInteger("18446744073709551615");
        BigInteger both = large.shiftLeft(1);
        return Future.succeededFuture(new Earnings(
                mint,
                TestSite.NOON,
                false,
                List.of(
                        new Earnings.OfKey(
                                KEY,
                                List.of(new Earnings.Total("hash", 2, both, large, large)),
                                List.of(
                                        quote("01959585-ae42-7780-8bb2-ae5705e87986", large, BigInteger.ZERO, 60),
                                        quote("01959585-ae42-7780-8bb2-ae5705e87985", large, large, 7200))),
                        new Earnings.OfKey(OTHER_KEY, List.of(), List.of()))));
    }

    private static Earnings.Quote quote(String id, BigInteger earned, BigInteger issued, int secondsAgo) {
        return new Earnings.Quote(id, "hash", earned, issued, TestSite.NOON.minusSeconds(secondsAgo));
    }
}
