/**
 * TCP relays that stand on the suite's links and do what the schedule says to what passes.
 */
@NullMarked
package org.ehashpool.conservation.relay;

import org.jspecify.annotations.NullMarked;
