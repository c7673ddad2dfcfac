package org.ehashpool.benchmarks.stats;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.statistics.store.Partitions;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Fills the tables with what a pool would have told: so many miners, each with a device of its own, connected all the time
 * and reconnected every week.
 *
 * @param miners that there are
 * @param days of hours, of rejections and of quotes
 * @param minuteDays of samples by the minute, more than are kept
 */
record NinetyDays(PostgresLogin login, int miners, int days, int minuteDays, PrintStream out) {
    static final String BOOT = "9".repeat(32);

    void fill() throws SQLException {
        Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path to pool_stats");
            statement.execute("set timezone to 'UTC'");
            statement.execute("set synchronous_commit to off");
            // The service has begun with a minute of its own.
            statement.execute("truncate sample, sample_hour, sample_day");
            Partitions.make(DSL.using(connection, SQLDialect.POSTGRES), end.minus(days + 1L, ChronoUnit.DAYS), end);
            peers(statement);
            history(statement);
            LocalDate last = end.atOffset(ZoneOffset.UTC).toLocalDate();
            for (LocalDate day = last.minusDays(days); !day.isAfter(last); day = day.plusDays(1)) {
                hours(statement, day, end);
                if (day.isAfter(last.minusDays(minuteDays))) {
                    minutes(statement, day, end);
                }
                if ((last.toEpochDay() - day.toEpochDay()) % 10 == 0) {
                    out.println("filled " + day);
                }
            }
            statement.execute("update sampling set sampled_to = '" + end + "'");
            statement.execute("delete from stale_hour");
            statement.execute("vacuum analyze");
        }
    }

    private void peers(Statement statement) throws SQLException {
        execute(statement, """
                insert into sender (service, instance, first_seen_at)
                    values ('pool', 'pool-1', now() - interval '%2$d days'), ('mint', 'mint-1', now() - interval '%2$d days');
                insert into boot (sender_id, boot_id, first_seen_at, last_seen_at, last_seq)
                    values (1, '%3$s', now() - interval '%2$d days', now(), 1000);
                insert into service (sender_id, name, instance) values (1, 'pool', 'pool-1');
                insert into downstream (id, sender_id, kind, vendor, user_identity, host, first_seen_at, last_active_at,
                        sessions, accepted, rejected, work, last_share_at)
                    select id, 1, 'miner', 'vendor ' || id %% 7, 'device-' || id, '', now() - interval '%2$d days', now(),
                        %4$d, 1000000 + id, id, (1000000 + id)::numeric * 4294967296, now()
                    from generate_series(1, %1$d) as id;
                insert into miner (id, sender_id, user_identity, first_seen_at, last_active_at, accepted, rejected, work,
                        last_share_at)
                    select %1$d + id, 1, 'miner-' || id, now() - interval '%2$d days', now(), 1000000 + id, id,
                        (1000000 + id)::numeric * 4294967296, now()
                    from generate_series(1, %1$d) as id;
                select setval('subject', 2 * %1$d);
                insert into session (downstream_id, boot, number, peer, flags, connected_at, disconnected_at, reason,
                        last_active_at, accepted, rejected, work, last_share_at)
                    select id, 1, week * %1$d + id, '192.0.2.1:4000', 0, now() - (week + 1) * interval '7 days',
                        case when week > 0 then now() - week * interval '7 days' end, case when week > 0 then 'closed' end,
                        now() - week * interval '7 days', 70000, 10, 70000 * 4294967296, now() - week * interval '7 days'
                    from generate_series(%4$d - 1, 0, -1) as week, generate_series(1, %1$d) as id;
                insert into channel (session_id, miner_id, number, kind, nominal_hashrate, opened_at, closed_at, reason,
                        accepted, rejected, work, last_share_at)
                    select id, %1$d + downstream_id, 1, 'extended', 1e12, connected_at, disconnected_at, reason, accepted,
                        rejected, work, last_share_at
                    from session""");
    }

    private void history(Statement statement) throws SQLException {
        execute(statement, """
                insert into quote_history
                    select minute, 2, '', 'hash', 50, 5000000, 40, 4000000 from generate_series(
                        date_trunc('minute', now()) - interval '%2$d days', now(), interval '1 minute') as minute;
                insert into quote_total values (2, '', 'hash', 6480000, 648000000000, 5184000, 518400000000, 100, 1000);
                insert into rejection
                    select hour, id, case when id %% 2 = 0 then 'stale-share' else 'difficulty-too-low' end, 1 + id %% 5
                    from generate_series(date_trunc('hour', now()) - interval '%2$d days', now(), interval '1 hour') as hour,
                        generate_series(1, %1$d) as id
                    where (id + extract(epoch from hour)::bigint / 3600) %% 10 = 0;
                insert into block
                    select md5(number::text) || md5((-number)::text), number, 1, 1 + number %% %1$d, 'miner-1',
                        case when number %% 50 = 0 then 'orphaned' else 'confirmed' end, 100, at, at
                    from generate_series(1, 1000) as number,
                        lateral (select now() - number * interval '2 hours' as at) as found""");
    }

    private void hours(Statement statement, LocalDate day, Instant end) throws SQLException {
        execute(statement, """
                insert into sample_hour (bucket, subject, accepted, rejected, work, peak, low)
                    select hour, subject, 600, 1, trunc(random() * 1e6)::numeric * 4294967296 * scale, 2e12 * scale, 1e10 * scale
                    from generate_series('%5$s'::timestamptz, '%5$s'::timestamptz + interval '23 hours', interval '1 hour')
                        as hour, generate_series(0, 2 * %1$d) as subject,
                        lateral (select case when subject = 0 then %1$d else 1 end as scale) as whole
                    where hour + interval '1 hour' <= '%6$s';
                insert into sample_day (bucket, subject, accepted, rejected, work, peak, low)
                    select '%5$s', subject, sum(accepted), sum(rejected), sum(work), max(peak), min(low)
                    from sample_hour where bucket >= '%5$s' and bucket < '%5$s'::timestamptz + interval '1 day'
                    group by subject""", day + "T00:00:00Z", end);
    }

    private void minutes(Statement statement, LocalDate day, Instant end) throws SQLException {
        execute(statement, """
                insert into sample (bucket, subject, accepted, rejected, work)
                    select minute, subject, 10, 0, trunc(random() * 1e6)::numeric * 71582788 * scale
                    from generate_series('%5$s'::timestamptz, '%5$s'::timestamptz + interval '1439 minutes',
                        interval '1 minute') as minute, generate_series(0, 2 * %1$d) as subject,
                        lateral (select case when subject = 0 then %1$d else 1 end as scale) as whole
                    where minute < '%6$s'""", day + "T00:00:00Z", end);
    }

    private void execute(Statement statement, String script, Object... more) throws SQLException {
        Object[] arguments = new Object[4 + more.length];
        arguments[0] = miners;
        arguments[1] = days;
        arguments[2] = BOOT;
        arguments[3] = Math.max(1, days / 7);
        System.arraycopy(more, 0, arguments, 4, more.length);
        statement.execute(String.format(Locale.ROOT, script, arguments));
    }
}
