package org.ehashpool.translator.upstream;

import java.util.BitSet;
import java.util.Optional;
import java.util.function.Consumer;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.extranonce.ExtranoncePrefix;
import org.ehashpool.mining.vardiff.Vardiff;
import org.ehashpool.mining.vardiff.WorkWindow;
import org.ehashpool.translator.work.Expectations;
import org.ehashpool.translator.work.ExtranonceSpace;
import org.ehashpool.translator.work.MinedShare;
import org.ehashpool.translator.work.Miner;
import org.ehashpool.translator.work.MinerIdentity;
import org.ehashpool.translator.work.Place;
import org.ehashpool.translator.work.ShareOutcome;
import org.ehashpool.translator.work.Work;
import org.jspecify.annotations.Nullable;

/** A miner's place. It outlives connections to upstreams; what it mines on comes from one of them at a time. */
final class MinerPlace implements Place {
    private final Roster roster;
    private final Miner miner;
    private final ExtranoncePrefix prefix;
    private final ExtranonceSpace extranonce;
    private final WorkWindow window;
    /** The upstreams that do not know the name, by position. */
    private final BitSet refusedBy = new BitSet();

    private @Nullable MinerIdentity who;
    private Expectations expectations = Expectations.NONE;
    private Vardiff vardiff;
    private @Nullable UpstreamSession active;
    private boolean withoutWork = true;
    private boolean refused;
    private boolean left;
    private int unanswered;

    MinerPlace(Roster roster, Miner miner, ExtranoncePrefix prefix, int extranonce2Size, double hashRate, Moment now) {
        this.roster = roster;
        this.miner = miner;
        this.prefix = prefix;
        this.extranonce = new ExtranonceSpace(prefix.bytes(), extranonce2Size);
        this.window = new WorkWindow(now.epochMillis());
        this.vardiff = Vardiff.starting(hashRate, now.epochMillis());
    }

    @Override
    public ExtranonceSpace extranonce() {
        return extranonce;
    }

    @Override
    public void open(MinerIdentity identity, Expectations expected) {
        if (who != null) {
            throw new IllegalStateException("a place is opened once");
        }
        who = identity;
        expectations = expected;
        expected.hashRate()
                .ifPresent(rate -> vardiff = Vardiff.starting(rate, roster.now().epochMillis()));
        if (!left) {
            roster.opened(this);
        }
    }

    @Override
    public void expect(Expectations expected) {
        if (expected.hashRate().isPresent() && !expected.hashRate().equals(expectations.hashRate())) {
            vardiff = Vardiff.starting(
                    expected.hashRate().getAsDouble(), roster.now().epochMillis());
        }
        expectations = expected;
    }

    @Override
    public void submit(MinedShare share, Consumer<ShareOutcome> answer) {
        if (!left) {
            roster.submit(this, share, answer);
        }
    }

    @Override
    public double hashRate() {
        return window.hashRate(roster.now().epochMillis());
    }

    @Override
    public void leave() {
        if (!left) {
            left = true;
            roster.left(this);
        }
    }

    ExtranoncePrefix prefix() {
        return prefix;
    }

    /** Who mines here, once it is known. */
    Optional<MinerIdentity> who() {
        return Optional.ofNullable(who);
    }

    boolean hasLeft() {
        return left;
    }

    /** Whether it will never get work. */
    boolean isRefused() {
        return refused;
    }

    /** The connection whose work is mined. */
    Optional<UpstreamSession> active() {
        return Optional.ofNullable(active);
    }

    /** The easiest target that the miner wants. */
    Target easiest() {
        return expectations.minimumDifficulty().isPresent()
                        && expectations.minimumDifficulty().getAsDouble() > 0
                ? Target.ofDifficulty(expectations.minimumDifficulty().getAsDouble())
                : Target.EASIEST;
    }

    /** Hashes per second, to tell upstream. */
    double estimatedHashRate() {
        return vardiff.hashRate();
    }

    /** Learns from the shares since the last time. */
    void evaluate(Target inForce, Moment now) {
        vardiff = vardiff.evaluated(inForce, now.epochMillis());
    }

    int unanswered() {
        return unanswered;
    }

    void submitted() {
        unanswered++;
    }

    void answered() {
        unanswered--;
    }

    /** A share of this target was accepted. */
    void accepted(Target target, Moment now) {
        window.add(target.expectedHashes(), now.epochMillis());
        vardiff = vardiff.withShare(target);
    }

    void work(UpstreamSession from, Work work, boolean onlyValid) {
        boolean begins = withoutWork || active != from;
        active = from;
        withoutWork = false;
        miner.work(work, onlyValid || begins);
    }

    void workLost(String why) {
        active = null;
        if (!withoutWork) {
            withoutWork = true;
            miner.workLost(why);
        }
    }

    /**
     * An upstream does not know the name.
     *
     * @return how many do not
     */
    int refusedBy(int upstream) {
        refusedBy.set(upstream);
        return refusedBy.cardinality();
    }

    void refuse(String why) {
        if (!refused) {
            refused = true;
            miner.refused(why);
        }
    }
}
