package org.ehashpool.statistics.figures;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;

/**
 * All figures, as they are at one time in one transaction. Hashrates are hashes per second; amounts and work are exact;
 * "now" is the last five whole minutes.
 */
public final class Figures {
    private final DSLContext sql;
    private final Instant now;

    /**
     * Figures of a database.
     *
     * @param sql of a transaction that reads
     * @param now what time it is
     */
    public Figures(DSLContext sql, Instant now) {
        this.sql = sql;
        this.now = now;
    }

    public Overview overview() {
        return new OverviewQuery(sql, now).overview();
    }

    /** Of a downstream or a miner, or of the whole with the subject 0; without points where there is no such subject. */
    public Series series(long subject, Range range) {
        return new SeriesQuery(sql, now).series(subject, range);
    }

    public List<ServiceView> services() {
        return new ServiceQuery(sql, now).services();
    }

    public Rows<DownstreamView> downstreams(ListRequest request) {
        return new DownstreamQuery(sql, now).list(request);
    }

    /** Whether {@link #downstreams} can be sorted by that. */
    public static boolean sortsDownstreamsBy(String column) {
        return DownstreamQuery.canSortBy(column);
    }

    /** The kinds of downstreams that there are. */
    public List<String> kinds() {
        return new DownstreamQuery(sql, now).kinds();
    }

    public Optional<DownstreamDetail> downstream(long id, Range range) {
        return new DownstreamQuery(sql, now).detail(id, range);
    }

    public Rows<MinerView> miners(ListRequest request) {
        return new MinerQuery(sql, now).list(request);
    }

    /** Whether {@link #miners} can be sorted by that. */
    public static boolean sortsMinersBy(String column) {
        return MinerQuery.canSortBy(column);
    }

    public Optional<MinerDetail> miner(long id, Range range) {
        return new MinerQuery(sql, now).detail(id, range);
    }

    /**
     * What pools accepted in the name of keys, by key; without those that no channel was opened for.
     *
     * @param keys 66 hexadecimal digits in lower case
     */
    public Map<String, CreditView> credited(List<String> keys) {
        return new MinerQuery(sql, now).credited(keys);
    }

    /** The newest first. */
    public Rows<BlockView> blocks(int offset, int limit) {
        return new BlockQuery(sql).list(offset, limit);
    }

    public Quotes quotes(Range range) {
        return new QuoteQuery(sql, now).quotes(range);
    }

    /** The mints that pools tell of. */
    public List<MintView> mints() {
        return new DetailQuery(sql, now).mints();
    }

    /** What wallets can send. */
    public List<BalanceView> balances() {
        return new FarmQuery(sql, now).balances();
    }

    /** What wallets could send, over time. */
    public BalanceHistory balanceHistory(Range range) {
        return new FarmQuery(sql, now).history(range);
    }

    /** Where translators listen for miners. */
    public List<MinerPortView> ports() {
        return new FarmQuery(sql, now).ports();
    }

    /** The chain as it was told last; empty where nobody told. */
    public Optional<NetworkView> network() {
        return new DetailQuery(sql, now).network();
    }

    /** The pools that translators have configured. */
    public List<UpstreamView> upstreams() {
        return new FarmQuery(sql, now).upstreams();
    }
}
