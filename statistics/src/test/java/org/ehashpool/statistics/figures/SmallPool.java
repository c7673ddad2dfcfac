package org.ehashpool.statistics.figures;

import java.time.Instant;

/**
 * A day of a small pool, as a statistics service would have kept it: what is in the tables follows from the time that is
 * given, so that pages made of it are the same on each run.
 */
public final class SmallPool {
    private static final String[] USERS = {
        "antminer.barn-1",
        "antminer.barn-2",
        "avalon.attic",
        "bitaxe.desk",
        "bitaxe.kitchen",
        "whatsminer.hall-01",
        "whatsminer.hall-02",
        "whatsminer.hall-03",
        "nerdqaxe.lab",
        "old-s9.garage"
    };

    private SmallPool() {}

    /** Four services, one of them a translator; downstreams with their sessions, channels and samples. */
    public static void fill(FilledDatabase database, Instant now, int downstreams) {
        database.run("select setseed(0.42)");
        services(database, now);
        downstreams(database, now, downstreams);
        samples(database, now);
        quotes(database, now);
        blocks(database, now);
    }

    private static void services(FilledDatabase database, Instant now) {
        database.runAt(now, """
                insert into sender (service, instance, first_seen_at)
                select name, name || '-1', {0} - interval '40 days'
                from unnest(array['pool', 'mint', 'template-provider', 'translator']) as name""");
        database.runAt(now, """
                insert into boot (sender_id, boot_id, first_seen_at, last_seen_at, last_seq)
                select id, 'boot-' || id, {0} - interval '3 days', {0}, 1000 from sender""");
        database.runAt(now, """
                insert into service (sender_id, name, instance, health_url, state, version, started_at,
                    last_heartbeat_at, clock_ahead, polled_at, answered_at)
                select id, service, instance, 'http://127.0.0.1:9108/health/live', 'ready', '0.1.0',
                    {0} - interval '3 days 4 hours', {0} - interval '2 seconds', id * 3, {0} - interval '3 seconds',
                    {0} - interval '3 seconds'
                from sender""");
        database.run("""
                update service set details = '{
                  "templates": {"active": "127.0.0.1:18447", "providers": [
                    {"address": "127.0.0.1:18447", "height": 912345, "network_difficulty": 152270000000000.0}]},
                  "mint_port": {"mints": [
                    {"public_key": "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
                     "url": "https://mint.example", "units": ["hash"], "weight": 1,
                     "connections": [{"unanswered": 3}]},
                    {"public_key": "c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5",
                     "url": "https://second-mint.example", "units": ["hash"], "weight": 1, "connections": []}]},
                  "outbox": {"shares_waiting": 1310, "mints": [
                    {"public_key": "c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5",
                     "orders": 12, "shares": 1310, "refused": 0, "amount": "9007199254740993"}]}}'
                where name = 'pool'""");
        database.run("""
                update service set details = '{"mint": {
                    "public_key": "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
                    "read_only": null, "quoting_stopped": null}}'
                where name = 'mint'""");
        database.run("""
                update service set details = '{
                  "node": {"condition": "ready", "chain": "main", "blocks": 912345, "headers": 912345},
                  "templates": {"kept": 3, "height": 912346, "network_difficulty": 152270000000000.0}}'
                where name = 'template-provider'""");
    }

    private static void downstreams(FilledDatabase database, Instant now, int count) {
        database.runAt(now, """
                insert into downstream (sender_id, kind, vendor, user_identity, host, first_seen_at, last_active_at,
                    sessions, accepted, rejected, work, last_share_at)
                select 1, case when i %% 9 = 0 then 'translator' when i %% 17 = 0 then 'mint' else 'miner' end,
                    (array['Bitmain', 'Canaan', 'ESP-Miner', 'MicroBT', 'ehashpool'])[1 + i %% 5],
                    case when i %% 17 = 0 then '' when i <= 10 then (array['%s'])[i] else 'rig-' || to_char(i, 'FM0000') end,
                    '10.0.' || i / 250 || '.' || 1 + i %% 250,
                    {0} - interval '30 days' + i * interval '1 hour',
                    {0} - (i %% 20) * interval '1 second', 1 + i %% 4, 8000 + i * 37, 20 + i %% 11,
                    (8000 + i * 37)::numeric * 65536 * 4294967296, {0} - (i %% 20) * interval '1 second'
                from generate_series(1, %d) as i""".formatted(String.join("', '", USERS), count));
        database.runAt(now, """
                insert into session (downstream_id, boot, number, peer, flags, connected_at, disconnected_at, reason,
                    last_active_at, accepted, rejected, work, last_share_at)
                select id, 1, id * 10 + n, host || ':' || 40000 + id % 20000, 1,
                    {0} - (n * 20 + 1 + id % 15) * interval '1 hour',
                    case when n > 0 or id % 13 = 12 then {0} - n * interval '20 hours' - interval '30 minutes' end,
                    case when n > 0 or id % 13 = 12 then 'connection-lost' end,
                    last_active_at, accepted / sessions, rejected / sessions, div(work, sessions), last_share_at
                from downstream cross join generate_series(0, 3) as n
                where n < sessions""");
        database.runAt(now, """
                insert into miner (sender_id, user_identity, first_seen_at, last_active_at, accepted, rejected, work,
                    last_share_at)
                select sender_id, user_identity, first_seen_at, last_active_at, accepted, rejected, work, last_share_at
                from downstream where user_identity <> ''""");
        database.runAt(now, """
                insert into channel (session_id, miner_id, number, kind, nominal_hashrate, opened_at, closed_at,
                    accepted, rejected, work, last_share_at)
                select session.id, miner.id, 1, case when kind = 'translator' then 'extended' else 'standard' end,
                    1e14, connected_at, disconnected_at, session.accepted, session.rejected, session.work,
                    session.last_share_at
                from session join downstream on downstream.id = downstream_id join miner using (user_identity)""");
    }

    private static void samples(FilledDatabase database, Instant now) {
        // A rate of its own for each, a wave over the day, and luck.
        String work = """
                floor((0.4 + (subject.id * 7919 %% 100) / 60.0) * 1.1e14 * %1$s
                    * (1 + 0.06 * sin(extract(epoch from bucket)::double precision / 9000 + subject.id))
                    * (1 + %2$s * (random() - 0.5)))::numeric""";
        String subjects = """
                (select id from downstream where kind <> 'mint' and id % 13 <> 12 union all select miner.id
                 from miner join downstream using (user_identity) where downstream.id % 13 <> 12) as subject
                """;
        database.runAt(now, """
                insert into sample
                select bucket, subject.id, 6 + floor(random() * 4), floor(random() * 1.03), %s
                from generate_series(date_trunc('minute', {0}) - interval '1 day', date_trunc('minute', {0}), '1 minute')
                    as bucket cross join %s""".formatted(work.formatted("60", "0.9"), subjects));
        database.run("""
                insert into sample
                select bucket, 0, sum(accepted), sum(rejected), sum(work)
                from sample where subject in (select id from downstream) group by bucket""");
        database.runAt(now, """
                insert into sample_hour
                select bucket, subject.id, 420, 3, work, work / 3600 * 1.3, work / 3600 * 0.7
                from generate_series(date_trunc('hour', {0}) - interval '30 days', date_trunc('hour', {0})
                    - interval '1 hour', '1 hour') as bucket
                cross join %s cross join lateral (select %s as work) as worked""".formatted(subjects, work.formatted("3600", "0.15")));
        database.run("""
                insert into sample_hour
                select bucket, 0, sum(accepted), sum(rejected), sum(work), sum(work) / 3600 * 1.06, sum(work) / 3600 * 0.93
                from sample_hour where subject in (select id from downstream) group by bucket""");
        database.run("""
                insert into rejection
                select bucket, subject, case when subject % 3 = 0 then 'difficulty-too-low' when subject % 7 = 1
                    then 'duplicate-share' else 'stale-share' end, rejected
                from sample where rejected > 0 and subject in (select id from downstream)""");
    }

    private static void quotes(FilledDatabase database, Instant now) {
        database.runAt(now, """
                insert into quote_history
                select bucket, 2, '', 'hash', 320 + floor(random() * 40), floor(9e6 * (1 + random() * 0.2))::numeric,
                    290 + floor(random() * 50), floor(8.5e6 * (1 + random() * 0.2))::numeric
                from generate_series(date_trunc('minute', {0}) - interval '1 day', date_trunc('minute', {0}),
                    '1 minute') as bucket""");
        database.run("""
                insert into quote_total
                select sender_id, mint, unit, sum(created) + 41000000, sum(created_amount) + 9007199254740993,
                    sum(issued) + 40000000, sum(issued_amount) + 9006199254740993, 17, 5120
                from quote_history group by 1, 2, 3""");
        database.runAt(now, """
                insert into quote_failure
                values ({0} - interval '3 hours', 2, '', 'hash', 'amount-out-of-range', 17, 5120)""");
    }

    private static void blocks(FilledDatabase database, Instant now) {
        database.runAt(now, """
                insert into block
                select encode(sha256(('block ' || i)::bytea), 'hex'), 912345 - i * 31, 1, 1 + i % 8, null,
                    case when i = 1 then 'found' when i = 4 then 'orphaned' else 'confirmed' end,
                    case when i = 1 then 2 when i = 4 then 0 else 100 + i * 31 end,
                    {0} - i * interval '5 hours 7 minutes', {0} - i * interval '4 hours'
                from generate_series(1, 23) as i""");
        database.run("""
                update block set user_identity = downstream.user_identity from downstream
                where downstream.id = block.downstream_id""");
    }
}
