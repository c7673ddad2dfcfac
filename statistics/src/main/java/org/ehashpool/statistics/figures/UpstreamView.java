package org.ehashpool.statistics.figures;

import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pool that a translator has configured, as the translator told last.
 *
 * @param service the translator, with {@code instance}
 * @param position in the configuration, 1 for the preferred pool
 * @param inUse whether it gave the work when the translator told
 * @param heard whether the translator is heard of
 * @param acceptedWork that the pool accepted since the translator's start
 * @param workOfAll that all pools of the translator accepted since then
 * @param answerMillis mean time from a share's arrival to its answer since the translator's start, whichever pool gave
 *     it; null if it is not told
 * @param lastFailure why the translator's last attempt or connection failed, whichever pool that was
 */
public record UpstreamView(
        String service,
        String instance,
        int position,
        String url,
        boolean inUse,
        boolean heard,
        BigInteger acceptedWork,
        BigInteger workOfAll,
        @Nullable Double answerMillis,
        @Nullable String lastFailure,
        Instant at) {}
