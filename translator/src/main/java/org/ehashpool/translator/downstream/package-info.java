/**
 * The port where Stratum V1 miners connect. Bytes, TLS and JSON are dealt with on the event loops of the connections; what
 * miners and their work are is known on one event loop, the translator's, where the {@link
 * org.ehashpool.translator.work.WorkSource} is called. Between them go batches: of requests one way, of lines the other.
 */
@NullMarked
package org.ehashpool.translator.downstream;

import org.jspecify.annotations.NullMarked;
