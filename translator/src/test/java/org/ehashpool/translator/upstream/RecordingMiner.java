package org.ehashpool.translator.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.translator.work.MinedShare;
import org.ehashpool.translator.work.Miner;
import org.ehashpool.translator.work.MinerIdentity;
import org.ehashpool.translator.work.Place;
import org.ehashpool.translator.work.ShareOutcome;
import org.ehashpool.translator.work.Work;

/** A miner that writes down what it is told. */
final class RecordingMiner implements Miner {
    final MinerIdentity who;
    final List<Work> works = new ArrayList<>();
    final List<Boolean> onlyValid = new ArrayList<>();
    final List<String> losses = new ArrayList<>();
    final List<String> refusals = new ArrayList<>();
    final List<ShareOutcome> outcomes = new ArrayList<>();
    private Optional<Place> place = Optional.empty();
    private int nonce;

    RecordingMiner(String account) {
        who = new MinerIdentity(account + ".rig", account, "rig", Optional.empty());
    }

    void sits(Place given) {
        place = Optional.of(given);
    }

    Place place() {
        return place.orElseThrow();
    }

    /** The latest. */
    Work work() {
        return works.getLast();
    }

    /** Submits a share of that work that no other is alike. */
    void submit(Work work) {
        submit(work, nonce++);
    }

    void submit(Work work, int number) {
        MinedShare share = new MinedShare(
                who,
                work,
                Bytes.of(new byte[place().extranonce().extranonce2Size()]),
                work.time(),
                number,
                work.version());
        submit(share);
    }

    void submit(MinedShare share) {
        place().submit(share, outcomes::add);
    }

    @Override
    public void work(Work work, boolean clean) {
        works.add(work);
        onlyValid.add(clean);
    }

    @Override
    public void workLost(String why) {
        losses.add(why);
    }

    @Override
    public void refused(String why) {
        refusals.add(why);
    }
}
