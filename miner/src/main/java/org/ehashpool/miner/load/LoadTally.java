package org.ehashpool.miner.load;

import java.util.concurrent.atomic.LongAdder;
import org.ehashpool.miner.status.Rejections;

/** Counts of a whole run. Thread-safe. */
final class LoadTally {
    final LongAdder connected = new LongAdder();
    final LongAdder connectionsLost = new LongAdder();
    final LongAdder opened = new LongAdder();
    final LongAdder working = new LongAdder();
    final LongAdder closed = new LongAdder();
    final LongAdder sent = new LongAdder();
    final LongAdder accepted = new LongAdder();
    final LongAdder shareSum = new LongAdder();
    final LongAdder answered = new LongAdder();
    final Rejections rejections = new Rejections();
    final Rejections connectFailures = new Rejections();
    final Rejections openFailures = new Rejections();
}
