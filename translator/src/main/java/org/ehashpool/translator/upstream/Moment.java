package org.ehashpool.translator.upstream;

import org.ehashpool.sv2.type.U32;

/**
 * A time, as it is passed in.
 *
 * @param nanos monotonic, of any origin: for deadlines
 * @param epochMillis milliseconds since 1970: for what is shown, and for header times
 */
record Moment(long nanos, long epochMillis) {
    @U32
    long epochSeconds() {
        return epochMillis / 1_000;
    }
}
