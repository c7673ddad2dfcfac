package org.ehashpool.translator.downstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.translator.work.Expectations;
import org.ehashpool.translator.work.ExtranonceSpace;
import org.ehashpool.translator.work.MinedShare;
import org.ehashpool.translator.work.Miner;
import org.ehashpool.translator.work.MinerIdentity;
import org.ehashpool.translator.work.Place;
import org.ehashpool.translator.work.ShareOutcome;
import org.ehashpool.translator.work.Work;
import org.ehashpool.translator.work.WorkSource;

/** Gives the same work to everybody, and answers shares as it is told. */
public final class ScriptedSource implements WorkSource {
    /** Places there ever were, in their order. */
    public final List<ScriptedPlace> places = new CopyOnWriteArrayList<>();

    /** What miners get when they open their place; empty: nothing. */
    public volatile Optional<Work> work = Optional.empty();

    /** What a share comes to; empty: no answer until {@link ScriptedPlace#answer}. */
    public volatile Function<MinedShare, Optional<ShareOutcome>> judge =
            share -> Optional.of(new ShareOutcome.Accepted());

    public volatile int most = Integer.MAX_VALUE;

    /** Whether it has a bug. */
    public volatile boolean broken;

    private int given;

    /** A source that hands out this. */
    public static ScriptedSource of(Work work) {
        ScriptedSource source = new ScriptedSource();
        source.work = Optional.of(work);
        return source;
    }

    @Override
    public Optional<Place> admit(Miner miner) {
        if (broken) {
            throw new IllegalStateException("a bug, on purpose");
        }
        if (places.stream().filter(place -> !place.left).count() >= most) {
            return Optional.empty();
        }
        ScriptedPlace place = new ScriptedPlace(miner, ++given);
        places.add(place);
        return Optional.of(place);
    }

    /** One place. */
    public final class ScriptedPlace implements Place {
        public final List<MinedShare> shares = new CopyOnWriteArrayList<>();
        public volatile Optional<MinerIdentity> who = Optional.empty();
        public volatile Expectations expectations = Expectations.NONE;
        public volatile boolean left;
        private final List<Consumer<ShareOutcome>> unanswered = new ArrayList<>();
        private final Miner miner;
        private final int number;

        ScriptedPlace(Miner miner, int number) {
            this.miner = miner;
            this.number = number;
        }

        public Miner miner() {
            return miner;
        }

        @Override
        public ExtranonceSpace extranonce() {
            return new ExtranonceSpace(Bytes.fromHex("%08x".formatted(number)), 8);
        }

        @Override
        public void open(MinerIdentity identity, Expectations given) {
            who = Optional.of(identity);
            expectations = given;
            work.ifPresent(present -> miner.work(present, true));
        }

        @Override
        public void expect(Expectations given) {
            expectations = given;
        }

        @Override
        public void submit(MinedShare share, Consumer<ShareOutcome> answer) {
            shares.add(share);
            judge.apply(share).ifPresentOrElse(answer, () -> unanswered.add(answer));
        }

        /** To all shares that wait; on the translator's loop. */
        public void answer(ShareOutcome outcome) {
            unanswered.forEach(answer -> answer.accept(outcome));
            unanswered.clear();
        }

        @Override
        public double hashRate() {
            return 1e12 * shares.size();
        }

        @Override
        public void leave() {
            left = true;
        }
    }
}
