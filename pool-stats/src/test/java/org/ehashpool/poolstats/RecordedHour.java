package org.ehashpool.poolstats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;

/**
 * What a pool and a mint tell of the hour that is just over: peers that come back, a restart without a farewell, everything
 * told twice, a gap, a clock that is ahead. Every peer has shares in every minute, so that raw events alone say which
 * minutes were recorded.
 */
final class RecordedHour {
    static final int MINUTES = 62;
    static final String BLOCK = "ab".repeat(32);
    static final String ORPHAN = "cd".repeat(32);

    private static final int RECONNECT = 20;
    private static final int RESTART = 40;
    private static final int PEERS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final Random random = new Random(7);
    private final Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    RecordedHour(int port) {
        this.port = port;
    }

    private long at(int minute, int second) {
        return end.minus(MINUTES - minute, ChronoUnit.MINUTES)
                .plusSeconds(second)
                .toEpochMilli();
    }

    void tell() throws Exception {
        mint();
        List<StatsMessage> first = firstBoot();
        try (Teller pool = Teller.of(port, "pool", "a", "1")) {
            say(pool, first).kept();
        }
        // All of it once more, on a new connection, as when acknowledgements were lost.
        try (Teller pool = Teller.of(port, "pool", "a", "1")) {
            if (pool.lastSeq() != first.size()) {
                throw new AssertionError("kept " + pool.lastSeq() + " of " + first.size());
            }
            say(pool, first);
            pool.from(first.size() + 6L);
            pool.say(new StatsMessage.Gap(first.size() + 1L, first.size() + 5L));
            pool.tell(at(RESTART - 1, 59), accepted(77, 3)).kept();
        }
    }

    private static Teller say(Teller teller, List<StatsMessage> messages) throws Exception {
        for (StatsMessage message : messages) {
            teller.say(message);
        }
        return teller.from(messages.size() + 1L);
    }

    private List<StatsMessage> firstBoot() {
        List<StatsMessage> told = new ArrayList<>();
        for (long number = 1; number <= PEERS; number++) {
            add(told, at(0, 0), connected(number, number), opened(number, number));
        }
        for (int minute = 0; minute < RESTART; minute++) {
            if (minute == RECONNECT) {
                add(
                        told,
                        at(minute, 0),
                        new StatsEvent.DownstreamDisconnected(2, "closed"),
                        connected(5, 2),
                        opened(5, 2));
            }
            for (long peer = 1; peer <= PEERS; peer++) {
                long number = peer == 2 && minute >= RECONNECT ? 5 : peer;
                minute(told, minute, number);
            }
        }
        return told;
    }

    /** The pool's second boot, which goes on living: heartbeats have to follow. */
    Teller secondBoot() throws Exception {
        Teller pool = Teller.of(port, "pool", "a", "2");
        List<StatsMessage> told = new ArrayList<>();
        for (long number = 1; number <= PEERS; number++) {
            add(told, at(RESTART, 0), connected(number, number), opened(number, number));
        }
        for (int minute = RESTART; minute < MINUTES; minute++) {
            for (long number = 1; number <= PEERS; number++) {
                minute(told, minute, number);
            }
        }
        add(
                told,
                at(50, 0),
                new StatsEvent.BlockFound(BLOCK, 7L, 1L, "user-1"),
                new StatsEvent.BlockFound(ORPHAN, 8L, 2L, "user-2"),
                new StatsEvent.BlockConfirmed(BLOCK, 7L, 100),
                new StatsEvent.BlockOrphaned(ORPHAN, 8L));
        // A peer of which nothing but its handshake is known, and one event by a clock that is an hour ahead.
        add(told, at(51, 0), new StatsEvent.DownstreamConnected(9, "jd_client", "192.0.2.9:9", "maker", "jd", 1));
        add(told, end.plus(1, ChronoUnit.HOURS).toEpochMilli(), accepted(1, 3));
        return say(pool, told).from(told.size() + 1L);
    }

    static StatsEvent heartbeat() throws Exception {
        JsonNode details = JSON.readTree("""
                {"templates": {"active": "tp:1", "providers": [
                    {"address": "tp:1", "height": 812345, "network_difficulty": 2.5}]},
                 "mint_port": {"mints": [{"public_key": "02aa", "url": "https://mint", "units": ["hash"],
                    "connections": [{"unanswered": 4}]}]},
                 "outbox": {"mints": [{"public_key": "02aa", "orders": 5, "shares": 6, "refused": 1,
                    "amount": "18446744073709551615"}]}}""");
        return new StatsEvent.Heartbeat(
                60_000,
                "0.1",
                "ready",
                MessageJson.readObject(details.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private void mint() throws Exception {
        try (Teller mint = Teller.of(port, "mint", "m", "3")) {
            mint.tell(at(0, 0), new StatsEvent.Heartbeat(1, "0.1", "ready", MessageJson.newObject()));
            for (int minute = 0; minute < MINUTES; minute++) {
                mint.tell(
                        at(minute, 5),
                        new StatsEvent.QuoteCreated(null, "hash", 2, BigInteger.valueOf(10 + minute)),
                        new StatsEvent.QuoteIssued(null, "hash", 1, BigInteger.valueOf(minute)),
                        new StatsEvent.QuoteFailed(null, "hash", "busy", 1, BigInteger.ONE));
            }
            mint.kept();
        }
    }

    private void minute(List<StatsMessage> told, int minute, long number) {
        add(told, at(minute, 1 + random.nextInt(58)), accepted(number, 1L + random.nextInt(3)));
        if (random.nextInt(3) == 0) {
            String reason = List.of("stale-share", "difficulty-too-low").get(random.nextInt(2));
            add(told, at(minute, 59), new StatsEvent.ShareRejected(number, 1, reason, 1));
        }
    }

    private static void add(List<StatsMessage> told, long at, StatsEvent... events) {
        for (StatsEvent event : events) {
            told.add(new StatsMessage.Event(told.size() + 1L, at, event));
        }
    }

    private StatsEvent accepted(long number, long count) {
        return new StatsEvent.ShareAccepted(
                number, 1, count, BigInteger.valueOf(random.nextLong(1L << 50)).add(BigInteger.TWO.pow(60)));
    }

    private static StatsEvent connected(long number, long peer) {
        return new StatsEvent.DownstreamConnected(
                number, "miner", "192.0.2.1:" + (4_000 + number), "vendor", "device-" + peer, 0);
    }

    private static StatsEvent opened(long number, long peer) {
        return new StatsEvent.ChannelOpened(number, 1, "extended", "user-" + peer, 1e12);
    }
}
