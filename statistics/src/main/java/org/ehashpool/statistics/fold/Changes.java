package org.ehashpool.statistics.fold;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a group of messages changes, to be written in one transaction. */
public final class Changes {
    /** Numbers that a sender dropped. */
    public record Gap(int boot, long from, long to, long noticedAt) {}

    /** Rejections of a minute. */
    public record Rejection(long minute, Downstream downstream, String reason) {}

    /** Types that this version does not know, and events that cannot be counted. */
    public record Aside(int sender, String type) {}

    /** How many, and when the last one came. */
    public record Times(long count, long lastAt) {}

    /** How far a boot is, and when it was last heard. */
    public record Progress(long lastSeq, long seenAt) {}

    final Map<Integer, Progress> progress = new HashMap<>();
    final Set<Integer> outOfOrder = new HashSet<>();
    /** A boot's end, by its row. */
    final Map<Integer, Long> ended = new HashMap<>();

    final List<RawEvent> events = new ArrayList<>();
    final List<Gap> gaps = new ArrayList<>();
    final Map<Aside, Times> aside = new LinkedHashMap<>();
    final Map<Integer, Beat> beats = new LinkedHashMap<>();
    final Set<Downstream> downstreams = new LinkedHashSet<>();
    final Set<Miner> miners = new LinkedHashSet<>();
    final Set<Session> sessions = new LinkedHashSet<>();
    final Set<Channel> channels = new LinkedHashSet<>();
    final Subject whole = Subject.stored(Subject.WHOLE);
    final Map<Rejection, Long> rejections = new LinkedHashMap<>();
    final Map<QuoteCell.Key, QuoteCell> created = new LinkedHashMap<>();
    final Map<QuoteCell.Key, QuoteCell> issued = new LinkedHashMap<>();
    final Map<QuoteCell.Failure, QuoteCell> failed = new LinkedHashMap<>();
    final Map<String, BlockChange> blocks = new LinkedHashMap<>();
    final Map<BalanceChange.Key, BalanceChange> balances = new LinkedHashMap<>();
    final Map<BalanceChange.Minute, BalanceChange> balanceMinutes = new LinkedHashMap<>();

    Changes() {}

    /** By boot: how far it is now, whether or not that is further than before. */
    public Map<Integer, Progress> progress() {
        return progress;
    }

    /** Boots that left out a number without declaring it. */
    public Set<Integer> outOfOrder() {
        return outOfOrder;
    }

    public Map<Integer, Long> ended() {
        return ended;
    }

    public List<RawEvent> events() {
        return events;
    }

    public List<Gap> gaps() {
        return gaps;
    }

    public Map<Aside, Times> aside() {
        return aside;
    }

    public Collection<Beat> beats() {
        return beats.values();
    }

    public Set<Downstream> downstreams() {
        return downstreams;
    }

    public Set<Miner> miners() {
        return miners;
    }

    public Set<Session> sessions() {
        return sessions;
    }

    public Set<Channel> channels() {
        return channels;
    }

    public Subject whole() {
        return whole;
    }

    public Map<Rejection, Long> rejections() {
        return rejections;
    }

    public Map<QuoteCell.Key, QuoteCell> created() {
        return created;
    }

    public Map<QuoteCell.Key, QuoteCell> issued() {
        return issued;
    }

    public Map<QuoteCell.Failure, QuoteCell> failed() {
        return failed;
    }

    public Collection<BlockChange> blocks() {
        return blocks.values();
    }

    public Collection<BalanceChange> balances() {
        return balances.values();
    }

    public Map<BalanceChange.Minute, BalanceChange> balanceMinutes() {
        return balanceMinutes;
    }
}
