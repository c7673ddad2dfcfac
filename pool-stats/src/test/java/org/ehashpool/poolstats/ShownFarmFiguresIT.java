package org.ehashpool.poolstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ehashpool.fixtures.TestPostgres;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What only translators tell of, beside what SQL over nothing but the raw events gives: two wallets' balances, told twice
 * and across a restart, and miners' shares.
 */
class ShownFarmFiguresIT {
    private static final int MINUTES = 62;
    private static final int RESTART = 30;
    private static final List<String> MINTS = List.of("https://a.example", "https://b.example");
    private static final String KEY = "02" + "ab".repeat(32);

    @TempDir
    private static Path home;

    private static Instant end;
    private static EmbeddedPostgres server;
    private static PoolStatsProcess service;
    private static Tables tables;
    private static Teller barn;

    @BeforeAll
    static void tell() throws Exception {
        end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        server = TestPostgres.start(home.resolve("postgres"));
        int port = PoolStatsProcess.freePort();
        service = PoolStatsProcess.launch(home, server.loginFor("pool_stats"), port)
                .awaitReady();
        tables = new Tables(server.loginFor("pool_stats"));
        Random random = new Random(11);
        List<StatsMessage> before = told(random, 0, RESTART);
        for (int time = 0; time < 2; time++) {
            try (Teller first = Teller.of(port, "translator", "barn", "1")) {
                say(first, before).kept();
            }
        }
        List<StatsMessage> after = told(random, RESTART, MINUTES);
        barn = Teller.of(port, "translator", "barn", "2");
        say(barn, after).kept();
        // Another wallet at the same mint, which is silent for a while.
        try (Teller attic = Teller.of(port, "translator", "attic", "1")) {
            for (int minute = 0; minute < MINUTES; minute++) {
                if (minute < 20 || minute > 33) {
                    attic.tell(
                            at(minute, 7),
                            new StatsEvent.Balance(MINTS.getFirst(), "hash", BigInteger.valueOf(minute)));
                }
            }
            attic.kept();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        barn.close();
        service.close();
        server.close();
    }

    @BeforeEach
    void beat() throws Exception {
        String details = """
                {"sv1": {"host": "192.0.2.7", "port": 34255, "tls": true, "answer_mean_ms": 3.5},
                 "upstream": {"pays": "wallet", "chain": {"height": 812345, "network_difficulty": 2.5},
                   "last_failure": "", "upstreams": [
                     {"url": "one", "in_use": false, "accepted_work": "18446744073709551616"},
                     {"url": "two", "in_use": true, "accepted_work": "3"}]}}""";
        barn.tell(
                        Instant.now().toEpochMilli(),
                        new StatsEvent.Heartbeat(
                                60_000,
                                "0.1",
                                "ready",
                                MessageJson.readObject(details.getBytes(StandardCharsets.UTF_8))))
                .kept();
    }

    private static long at(int minute, int second) {
        return end.minus(MINUTES - minute, ChronoUnit.MINUTES)
                .plusSeconds(second)
                .toEpochMilli();
    }

    private static List<StatsMessage> told(Random random, int from, int to) {
        List<StatsMessage> told = new ArrayList<>();
        for (int miner = 1; miner <= 3; miner++) {
            String user = miner == 3 ? KEY + ".rig" : "miner-" + miner;
            add(
                    told,
                    at(from, 0),
                    new StatsEvent.DownstreamConnected(miner, "miner", "192.0.2.1:" + miner, "maker", user, 0),
                    new StatsEvent.ChannelOpened(miner, 1, "sv1", user, 0));
        }
        for (int minute = from; minute < to; minute++) {
            for (int miner = 1; miner <= 2; miner++) {
                add(
                        told,
                        at(minute, 3 + random.nextInt(50)),
                        new StatsEvent.ShareAccepted(
                                miner, 1, 1 + random.nextInt(4), BigInteger.valueOf(random.nextLong(1L << 50))));
            }
            String reason = List.of("stale-share", "difficulty-too-low").get(random.nextInt(2));
            add(told, at(minute, 55), new StatsEvent.ShareRejected(1 + random.nextInt(2), 1, reason, 1));
            for (String mint : MINTS) {
                for (int second = 10; second < 50; second += 30) {
                    add(told, at(minute, second), new StatsEvent.Balance(mint, "hash", new BigInteger(64, random)));
                }
            }
        }
        return told;
    }

    private static void add(List<StatsMessage> told, long at, StatsEvent... events) {
        for (StatsEvent event : events) {
            told.add(new StatsMessage.Event(told.size() + 1L, at, event));
        }
    }

    private static Teller say(Teller teller, List<StatsMessage> messages) throws Exception {
        for (StatsMessage message : messages) {
            teller.say(message);
        }
        return teller.from(messages.size() + 1L);
    }

    private static List<String> joined(JsonNode rows, String... fields) {
        List<String> all = new ArrayList<>();
        for (JsonNode row : rows) {
            List<String> values = new ArrayList<>();
            for (String field : fields) {
                values.add(row.path(field).asText());
            }
            all.add(String.join("|", values));
        }
        return all;
    }

    @Test
    void shouldShowTheLastBalanceThatEachWalletTold() throws Exception {
        assertThat(joined(service.json("/api/v1/balances").path("balances"), "instance", "mint", "amount", "at"))
                .isEqualTo(tables.rows("""
                        select distinct on (instance, body->>'mint') instance, body->>'mint', body->>'amount',
                            (extract(epoch from at) * 1000)::bigint
                        from event join boot on boot.id = event.boot join sender on sender.id = sender_id
                        where type = 'balance'
                        order by instance, body->>'mint', at desc""").stream()
                        .sorted((one, other) -> new BigInteger(other.split("\\|", -1)[2])
                                .compareTo(new BigInteger(one.split("\\|", -1)[2])))
                        .toList());
    }

    @Test
    void shouldShowWhatAllWalletsHadAtTheEndOfEachStepAndForgetWhoIsSilent() throws Exception {
        for (String range : List.of("1h", "24h", "7d")) {
            JsonNode history = service.json("/api/v1/balances/history?range=" + range);
            assertThat(history.path("points").size()).isBetween(1, 500);
            // Of each wallet and mint the newest event before the step's end, within the step or five minutes.
            assertThat(joined(history.path("points"), "at", "unit", "amount"))
                    .as(range)
                    .isEqualTo(tables.rows("""
                            with told as (
                                select sender_id, body->>'mint' as mint, (body->>'amount')::numeric as amount, at
                                from event join boot on boot.id = event.boot where type = 'balance'),
                            step as (
                                select step as at from generate_series(to_timestamp(%1$d / 1000.0),
                                    to_timestamp(%2$d / 1000.0) - interval '1 minute', interval '%3$d seconds') as step),
                            held as (
                                select distinct on (step.at, sender_id, mint) step.at, amount
                                from step join told on told.at < least(step.at + interval '%3$d seconds',
                                        to_timestamp(%2$d / 1000.0))
                                    and told.at >= to_timestamp(%1$d / 1000.0)
                                    and date_trunc('minute', told.at) >= case when %3$d >= 300 then step.at
                                        else step.at - interval '4 minutes' end
                                order by step.at, sender_id, mint, told.at desc)
                            select (extract(epoch from at) * 1000)::bigint, 'hash', sum(amount)
                            from held group by 1 order by 1""".formatted(
                                    history.path("from").asLong(),
                                    history.path("to").asLong(),
                                    history.path("step").asLong() / 1_000)));
        }
    }

    @Test
    void shouldShowEachMinersDifficultyStaleSharesAndPayee() throws Exception {
        JsonNode miners = service.json("/api/v1/miners?sort=user").path("miners");
        assertThat(joined(miners, "user", "stale", "paid")).isEqualTo(tables.rows("""
                        select distinct opened.body->>'user', coalesce((select sum((body->>'count')::bigint) from event
                                where type = 'share_rejected' and body->>'reason' = 'stale-share'
                                    and body->>'downstream_id' = opened.body->>'downstream_id'), 0),
                            case when opened.body->>'user' like '02%%' then '%s' else 'wallet' end
                        from event as opened where type = 'channel_opened' order by 1
                        """.formatted(KEY)));
        long now = service.json("/api/v1/overview").path("at").asLong();
        for (JsonNode miner : miners) {
            List<String> mean = tables.rows("""
                    select sum((body->>'work')::numeric) / sum((body->>'count')::numeric) / (281474976710656.0 / 65535)
                    from event where type = 'share_accepted' and body->>'downstream_id' =
                            (select min(body->>'downstream_id') from event where type = 'channel_opened'
                                and body->>'user' = '%1$s')
                        and at >= date_trunc('minute', to_timestamp(%2$d / 1000.0)) - interval '5 minutes'
                        and at < date_trunc('minute', to_timestamp(%2$d / 1000.0))
                    """.formatted(miner.path("user").asText(), now));
            if (miner.path("user").asText().startsWith(KEY)) {
                assertThat(miner.path("difficulty").isNull()).isTrue();
            } else {
                double expected = Double.parseDouble(mean.getFirst());
                assertThat(miner.path("difficulty").asDouble()).isCloseTo(expected, within(expected * 1e-9));
            }
        }
    }

    @Test
    void shouldShowThePoolsThePortAndTheHeightThatATranslatorTells() throws Exception {
        assertThat(joined(
                        service.json("/api/v1/upstreams").path("upstreams"),
                        "instance",
                        "position",
                        "url",
                        "in_use",
                        "accepted_work",
                        "work_of_all",
                        "answer_millis",
                        "last_failure"))
                .containsExactly(
                        "barn|1|one|false|18446744073709551616|18446744073709551619|3.5|null",
                        "barn|2|two|true|3|18446744073709551619|3.5|null");
        assertThat(joined(service.json("/api/v1/miner-ports").path("miner_ports"), "host", "port", "tls", "pays"))
                .containsExactly("192.0.2.7|34255|true|wallet");
        assertThat(service.json("/api/v1/overview").at("/network/height").asLong())
                .isEqualTo(812_345);
    }

    @Test
    void shouldExportTheSameFiguresAsTables() throws Exception {
        for (String table : List.of("balances", "upstreams", "balances/history")) {
            JsonNode answer = service.json("/api/v1/" + table);
            JsonNode rows = answer.path(table.endsWith("history") ? "points" : table);
            List<String> lines =
                    service.get("/api/v1/" + table + ".csv").lines().toList();
            assertThat(lines).as(table).hasSize(rows.size() + 1);
            List<String> columns = List.of(lines.getFirst().split(","));
            for (int row = 0; row < rows.size(); row++) {
                String[] cells = lines.get(row + 1).split(",", -1);
                for (int column = 0; column < columns.size(); column++) {
                    JsonNode value = rows.path(row).path(columns.get(column));
                    assertThat(cells[column]).isEqualTo(value.isNull() ? "" : value.asText());
                }
            }
        }
    }
}
