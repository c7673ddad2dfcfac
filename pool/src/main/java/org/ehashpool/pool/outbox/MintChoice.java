package org.ehashpool.pool.outbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ehashpool.sv2.type.Bytes;

/**
 * Which mint an order is bound to: of those that have the unit and room, each gets its weight's part, in turns. Starts where
 * the last choice ended.
 */
final class MintChoice {

    private final List<Candidate> candidates;
    private final Map<Bytes, Integer> room = new HashMap<>();
    private final Map<Bytes, Long> turns;

    /**
     * A mint that is connected and takes orders.
     *
     * @param room how many more orders it may be given now
     */
    record Candidate(Bytes mint, Set<String> units, int weight, int room) {}

    /** @param turns where the choice before ended; not changed */
    MintChoice(List<Candidate> candidates, Map<Bytes, Long> turns) {
        this.candidates = candidates;
        this.turns = new HashMap<>(turns);
        candidates.forEach(candidate -> room.put(candidate.mint(), candidate.room()));
    }

    /** Units that some candidate may be given orders in. */
    Set<String> units() {
        Set<String> units = new TreeSet<>();
        candidates.stream()
                .filter(candidate -> candidate.weight() > 0)
                .forEach(candidate -> units.addAll(candidate.units()));
        return units;
    }

    /** How many orders may be bound now, at most. */
    int room() {
        return room.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The mint of the next order in the unit; empty if none has room. */
    Optional<Bytes> next(String unit) {
        List<Candidate> able = new ArrayList<>();
        long weights = 0;
        for (Candidate candidate : candidates) {
            if (candidate.weight() > 0
                    && candidate.units().contains(unit)
                    && room.getOrDefault(candidate.mint(), 0) > 0) {
                able.add(candidate);
                weights += candidate.weight();
            }
        }
        Bytes chosen = null;
        long most = Long.MIN_VALUE;
        for (Candidate candidate : able) {
            long turn = turns.merge(candidate.mint(), (long) candidate.weight(), Long::sum);
            if (turn > most) {
                most = turn;
                chosen = candidate.mint();
            }
        }
        if (chosen != null) {
            turns.merge(chosen, -weights, Long::sum);
            room.merge(chosen, -1, Integer::sum);
        }
        return Optional.ofNullable(chosen);
    }

    /** Where the next choice begins. */
    Map<Bytes, Long> turns() {
        return turns;
    }
}
