package org.ehashpool.translator.work;

import java.util.Optional;

/** Where miners get work and bring shares. Called on the translator's event loop only. */
public interface WorkSource {
    /**
     * Gives a miner a place. Nothing is asked of upstream before the place knows who mines there ({@link Place#open}).
     *
     * @param miner is told what to work on, on the event loop; never before this method has returned
     * @return empty: all places are taken
     */
    Optional<Place> admit(Miner miner);
}
