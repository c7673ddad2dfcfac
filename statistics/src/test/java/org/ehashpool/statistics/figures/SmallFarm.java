package org.ehashpool.statistics.figures;

import java.time.Instant;

/** A day of a farm behind one translator, with a wallet at two mints; the same on each run. */
public final class SmallFarm {
    /** A compressed key, which one of the miners is named for. */
    public static final String KEY = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

    private SmallFarm() {}

    /** One translator that tells; miners with their sessions, channels and samples; its balances and pools. */
    public static void fill(FilledDatabase database, Instant now, int miners) {
        SmallPool.fill(database, now, miners);
        database.run("delete from block");
        database.run("delete from quote_failure");
        database.run("""
                update quote_history set sender_id = 1, mint = 'https://mint.example', created = 0, created_amount = 0""");
        database.run("""
                update quote_total set sender_id = 1, mint = 'https://mint.example', created = 0, created_amount = 0,
                    failed = 0, failed_amount = 0""");
        database.run("delete from service where sender_id > 1");
        database.run("delete from boot where sender_id > 1");
        database.run("delete from sender where id > 1");
        database.run("update sender set service = 'translator', instance = 'barn'");
        database.run("update downstream set kind = 'miner', user_identity = user_identity || '.x' where id % 17 = 0");
        database.run("update downstream set kind = 'miner', rejected = rejected + 60");
        database.run("update miner set rejected = rejected + 60");
        database.run("update channel set kind = 'sv1', nominal_hashrate = 0");
        String keyed = KEY + ".attic";
        database.run("update miner set user_identity = '" + keyed + "' where user_identity = 'avalon.attic'");
        database.run("update downstream set user_identity = '" + keyed + "' where user_identity = 'avalon.attic'");
        database.run("""
                update service set name = 'translator', instance = 'barn',
                    health_url = 'http://translator.farm.example:9109/health/live', details = '{
                  "sv1": {"host": "0.0.0.0", "port": 34255, "tls": false, "connections": 72, "answer_mean_ms": 7.25},
                  "upstream": {"pays": "wallet", "chain": {"height": 912345, "network_difficulty": 152270000000000.0},
                    "last_failure": "",
                    "upstreams": [
                      {"url": "stratum2+tcp://pool.example:34254/9auqWEzQDVyd2oe1JVGFLMLHZtCo2FFqZwtKA5gd9xbuEu7PH72",
                       "in_use": true, "accepted_work": "987654321987654321"},
                      {"url": "stratum2+tcp://spare.example:34254/9bDuixKmZqAJnrmP746n8zU1wyAQRrus7th9dxnkPg6RzQvCnan",
                       "in_use": false, "accepted_work": "12345678901234567"}]}}'""");
        database.runAt(now, """
                insert into balance values
                    (1, 'https://mint.example', 'hash', 18446744073709551615, {0} - interval '2 seconds'),
                    (1, 'https://second-mint.example', 'hash', 4096, {0} - interval '2 seconds')""");
        database.runAt(now, """
                insert into balance_history
                select bucket, 1, mint, 'hash',
                    case when mint like '%second%' then 4096 else
                        floor(1e9 * (0.2 + extract(epoch from bucket - ({0} - interval '1 day'))::numeric / 86400)) end
                from generate_series(date_trunc('minute', {0}) - interval '1 day', date_trunc('minute', {0}), '1 minute')
                    as bucket cross join unnest(array['https://mint.example', 'https://second-mint.example']) as mint
                where bucket < {0} - interval '9 hours' or bucket > {0} - interval '8 hours'""");
    }
}
